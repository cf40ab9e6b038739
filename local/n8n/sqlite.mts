import { execa } from 'execa';
import { Failure } from './failure.mjs';
import { npm, type NpmRun } from './npm.mjs';
import { n8nCommand } from './paths.mjs';

const TOOLS = ['python3', 'make', 'g++'];

async function works(command: string, args: string[], cwd?: string): Promise<boolean> {
	const result = await execa(command, args, { cwd, reject: false, stdio: 'ignore' });
	return !result.failed;
}

async function missingTools(): Promise<string[]> {
	const found = await Promise.all(TOOLS.map((tool) => works(tool, ['--version'])));
	return TOOLS.filter((_, index) => !found[index]);
}

/**
 * Runs the install script of n8n's database driver, the only package that needs its own: n8n is installed without scripts. The
 * script downloads a prebuilt binary, or compiles one.
 * @throws Failure with the tools to install if neither was possible
 */
export async function buildSqlite(run: NpmRun): Promise<void> {
	const outcome = await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], run).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (run.signal.aborted) throw outcome;
	if (await works(n8nCommand(run.folder).node, ['-e', 'require("sqlite3")'], run.folder)) return;
	const missing = await missingTools();
	if (missing.length > 0) {
		throw new Failure(
			`n8n's database driver (sqlite3) must be compiled on this machine, but these tools are missing: ` +
				`${missing.join(', ')}. Install them (Debian, Ubuntu: apt-get install ${TOOLS.join(' ')}).`,
		);
	}
	throw new Failure(`n8n's database driver (sqlite3) could not be built. See the log: ${run.log}`);
}
