import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script, named by its path below `test`, in a process of its own, and gives the last line that it prints. */
export async function runScript(name: string, args: string[], nodePath = process.execPath) {
	const script = ['--expose-gc', '--import', 'tsx', `test/${name}.mts`];
	const { stdout } = await run(nodePath, [...script, ...args]);
	return stdout.trim().split('\n').at(-1) ?? '';
}
