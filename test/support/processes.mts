import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a script, named by its path below `test`, in a process of its own, and gives the last line that it prints. */
export async function runScript(name: string, args: string[], nodePath = process.execPath) {
	const { stdout } = await runScriptWhole(name, args, {}, nodePath);
	return stdout.trim().split('\n').at(-1) ?? '';
}

/** Runs a script and gives everything that it prints. */
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
