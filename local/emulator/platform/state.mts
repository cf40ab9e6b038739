import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Channels } from './channels.mjs';
import { Clock } from './clock.mjs';
import { Connectors } from './connectors.mjs';
import { Deliveries } from './deliveries.mjs';
import { Faults } from '../faults/plan.mjs';
import { Jobs } from './jobs.mjs';
import { Notifications } from './notifications.mjs';
import { DEFAULT_OPTIONS, type EmulatorOptions } from './options.mjs';
import { Outcomes } from './outcomes.mjs';
import { RequestLog } from '../wire/requestLog.mjs';
import { DESTINATION_SEEDS, SOURCE_SEEDS, WORKFLOW_SEEDS } from './seeds.mjs';
import { Workflows } from './workflows.mjs';

/** The whole state of the emulator. It is in memory, except for the files. */
export class EmulatorState {
	readonly clock = new Clock();

	readonly options: EmulatorOptions;

	readonly sources = new Connectors(this.clock, SOURCE_SEEDS);

	readonly destinations = new Connectors(this.clock, DESTINATION_SEEDS);

	readonly workflows = new Workflows(this.clock, WORKFLOW_SEEDS);

	readonly jobs: Jobs;

	readonly channels = new Channels(this.clock);

	readonly deliveries: Deliveries;

	readonly notifications = new Notifications(this.clock);

	readonly faults = new Faults();

	readonly outcomes = new Outcomes();

	readonly log = new RequestLog();

	/** The last on-demand job, in Unix milliseconds. */
	lastLaunch = -Infinity;

	constructor(
		readonly key: string,
		/** The folder of the uploads. */
		readonly folder: string,
		private readonly initial: Partial<EmulatorOptions>,
	) {
		this.options = { ...DEFAULT_OPTIONS, ...initial };
		this.jobs = new Jobs(this.clock, this.options, this.outcomes);
		this.deliveries = new Deliveries(this.clock, this.options, this.channels);
	}

	/** Sends the events since the last call. Nothing else does: the states of jobs are calculated only when needed. */
	tick() {
		for (const event of this.jobs.takeEvents()) {
			this.notifications.add(event);
			if (this.options.deliverEvents) this.deliveries.announce(event);
		}
		this.deliveries.retry();
	}

	/** Resets the state, with these options and without uploads. */
	async reset(options: Partial<EmulatorOptions> = {}) {
		Object.assign(this.options, DEFAULT_OPTIONS, this.initial, options);
		this.clock.reset();
		this.sources.reset();
		this.destinations.reset();
		this.workflows.reset();
		this.jobs.clear();
		this.channels.clear();
		this.notifications.clear();
		this.deliveries.clear();
		this.faults.set([]);
		this.outcomes.set([]);
		this.log.clear();
		this.lastLaunch = -Infinity;
		for (const name of await readdir(this.folder))
			await rm(join(this.folder, name), { force: true });
	}
}
