import { execa } from 'execa';
import { Failure } from './failure.mjs';
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
 * Checks that n8n's database driver can be loaded. Its install script downloads a prebuilt binary, or compiles one.
 * @throws Failure with the tools to install if neither was possible
 */
export async function checkSqlite(folder: string, log: string): Promise<void> {
	if (await works(n8nCommand(folder).node, ['-e', 'require("sqlite3")'], folder)) return;
	const missing = await missingTools();
	if (missing.length > 0) {
		throw new Failure(
			`n8n's database driver (sqlite3) must be compiled on this machine, but these tools are missing: ` +
				`${missing.join(', ')}. Install them (Debian, Ubuntu: apt-get install ${TOOLS.join(' ')}).`,
		);
	}
	throw new Failure(`n8n's database driver (sqlite3) could not be built. See the log: ${log}`);
}
