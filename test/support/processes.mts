import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script, given by its path below `test`, in a separate process, and returns the last line that it prints. */
export async function runScript(name: string, args: string[], nodePath = process.execPath) {
	const { stdout } = await runScriptWhole(name, args, {}, nodePath);
	return stdout.trim().split('\n').at(-1) ?? '';
}

/** Runs a script and returns everything that it prints. */
export async function runScriptWhole(
	name: string,
	args: string[],
	env: NodeJS.ProcessEnv = {},
	nodePath = process.execPath,
) {
	const script = ['--expose-gc', '--import', 'tsx', `test/${name}.mts`];
	return await run(nodePath, [...script, ...args], {
		env: { ...process.env, ...env },
		maxBuffer: 256 * 1024 * 1024,
	});
}
