import { execa } from 'execa';
import { REPOSITORY } from '../../../local/n8n/paths.mjs';

/** The time limit of a start. The first one may have to install n8n. */
const READY_TIMEOUT_MS = 900_000;

export interface Started {
	/** The output so far. */
	output(): string;
	/** Waits for a line; @throws Error with the whole output when it ends or 15 minutes pass first */
	waitFor(line: RegExp): Promise<void>;
	/** Ends it like Ctrl-C in a terminal: SIGINT to every process of the group. */
	pressCtrlC(): void;
	/** Ends it like a service manager: SIGTERM to npm alone. */
	terminate(): void;
	/** Sends SIGKILL to every process of the group, which does not include n8n's own group. */
	kill(): void;
	/** The exit code of npm, or the signal that ended it. */
	ended: Promise<string>;
}

/** Runs `npm start` as in a terminal, with its own data folder and ports. */
export function npmStart(env: Record<string, string>): Started {
	const child = execa('npm', ['start'], {
		cwd: REPOSITORY,
		env,
		detached: true,
		all: true,
		reject: false,
		stdin: 'ignore',
	});
	let text = '';
	child.all.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	const waitFor = (line: RegExp) =>
		new Promise<void>((resolve, reject) => {
			const fail = (why: string) => reject(new Error(`${why}:\n${text}`));
			const timer = setTimeout(() => fail(`No ${line} in time`), READY_TIMEOUT_MS);
			const look = () => {
				if (!line.test(text)) return;
				clearTimeout(timer);
				resolve();
			};
			child.all.on('data', look);
			void child.then(() => {
				clearTimeout(timer);
				fail(`npm start ended without ${line}`);
			});
			look();
		});
	return {
		output: () => text,
		waitFor,
		pressCtrlC() {
			if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
		},
		kill() {
			if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
		},
		terminate() {
			child.kill('SIGTERM');
		},
		ended: child.then(({ exitCode, signal }) => String(exitCode ?? signal)),
	};
}
