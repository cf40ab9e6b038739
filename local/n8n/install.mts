import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkSpace, freeMb, makeFolder } from './disk.mjs';
import { Failure } from './failure.mjs';
import { alone } from './lock.mjs';
import { npm } from './npm.mjs';
import { installFolder, nodeBinFolder } from './paths.mjs';
import { FULL_MB, showProgress } from './progress.mjs';
import { buildSqlite } from './sqlite.mjs';
import { N8N_VERSION, NODE_PACKAGE, NODE_VERSION } from './versions.mjs';

/** No audit, no list of warnings: this is n8n's tree, not ours. */
const INSTALL = ['install', '--ignore-scripts', '--save-exact', '--no-audit', '--loglevel=error'];

type Print = (line: string) => void;

async function fill(part: string, log: string, stop: AbortSignal, print: Print): Promise<void> {
	const full = new AbortController();
	const signal = AbortSignal.any([stop, full.signal]);
	await mkdir(part, { recursive: true });
	await writeFile(join(part, 'package.json'), '{ "private": true }\n');
	const binFolder = nodeBinFolder(part);
	const run = { folder: part, binFolder, nodeHeaders: dirname(binFolder), log, signal };
	const phases: Array<[string, () => Promise<void>]> = [
		[`Node.js ${NODE_VERSION}`, () => npm([...INSTALL, `${NODE_PACKAGE}@${NODE_VERSION}`], run)],
		[`n8n ${N8N_VERSION}`, () => npm([...INSTALL, `n8n@${N8N_VERSION}`], run)],
		['database driver', () => buildSqlite(run)],
	];
	for (const [what, work] of phases) {
		const endProgress = await showProgress(part, what, print, () => full.abort());
		await work().finally(endProgress);
	}
}

async function install(folder: string, signal: AbortSignal, print: Print): Promise<void> {
	if (existsSync(folder)) return;
	await checkSpace(dirname(folder));
	const part = `${folder}.part`;
	const log = `${folder}.log`;
	print(`Installing n8n ${N8N_VERSION} into ${folder}: once, about 2.9 GB, 2 to 5 minutes.`);
	await rm(part, { recursive: true, force: true });
	await rm(log, { force: true });
	try {
		await fill(part, log, signal, print);
		await rename(part, folder);
	} catch (error) {
		if (signal.aborted || (await freeMb(dirname(part))) > FULL_MB) throw error;
		throw new Failure(
			`The disk of ${folder} is full. Make room, or set N8N_LOCAL_CACHE to a folder on another disk.`,
		);
	} finally {
		await rm(part, { recursive: true, force: true });
	}
}

/**
 * Installs the pinned n8n with its own Node.js unless it is there already. What is incomplete never
 * counts: it is made in a folder beside, which takes the final name when everything works.
 * @param signal stops the installation and removes what it made
 * @returns the folder of the installation
 * @throws Failure with what to do: no space, no tools, or the log file of npm
 */
export async function installN8n(signal: AbortSignal, print: Print): Promise<string> {
	const folder = installFolder();
	if (existsSync(folder)) return folder;
	await makeFolder(dirname(folder), 'N8N_LOCAL_CACHE');
	const onWait = () => print('Another process is installing n8n; waiting for it.');
	await alone(folder, onWait, () => install(folder, signal, print));
	return folder;
}
