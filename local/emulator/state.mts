import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from './clock.mjs';
import { Faults } from './faults.mjs';
import { Jobs } from './jobs.mjs';
import { DEFAULT_OPTIONS, type EmulatorOptions } from './options.mjs';
import { Outcomes } from './outcomes.mjs';
import { RequestLog } from './requestLog.mjs';
import { Workflows } from './workflows.mjs';

/** Everything that the emulator knows. Lives in memory, but for the files. */
export class EmulatorState {
	readonly clock = new Clock();

	readonly options: EmulatorOptions;

	readonly workflows = new Workflows(this.clock);

	readonly jobs: Jobs;

	readonly faults = new Faults();

	readonly outcomes = new Outcomes();

	readonly log = new RequestLog();

	/** Unix milliseconds of the last on-demand launch. */
	lastLaunch = -Infinity;

	constructor(
		readonly key: string,
		/** Where uploads are kept. */
		readonly folder: string,
		private readonly initial: Partial<EmulatorOptions>,
	) {
		this.options = { ...DEFAULT_OPTIONS, ...initial };
		this.jobs = new Jobs(this.clock, this.options, this.outcomes);
	}

	/** Back to the start, with these options and no uploads. */
	async reset(options: Partial<EmulatorOptions> = {}) {
		Object.assign(this.options, DEFAULT_OPTIONS, this.initial, options);
		this.clock.reset();
		this.workflows.reset();
		this.jobs.clear();
		this.faults.set([]);
		this.outcomes.set([]);
		this.log.clear();
		this.lastLaunch = -Infinity;
		for (const name of await readdir(this.folder))
			await rm(join(this.folder, name), { force: true });
	}
}
