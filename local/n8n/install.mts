import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkSpace, freeMb, makeFolder } from './disk.mjs';
import { Failure } from './failure.mjs';
import { alone } from './lock.mjs';
import { installFolder, n8nCommand } from './paths.mjs';
import { pnpmInstall } from './pnpm.mjs';
import { FULL_MB, showProgress } from './progress.mjs';
import { checkSqlite } from './sqlite.mjs';
import { NEWEST, type Release } from './versions.mjs';

type Print = (line: string) => void;

interface Installation {
	release: Release;
	/** The final folder. It gets this name when it is complete. */
	folder: string;
	/** Stops the installation and removes its files. */
	signal: AbortSignal;
	print: Print;
}

async function fill(folder: string, log: string, installation: Installation): Promise<void> {
	const { release, signal: stop, print } = installation;
	const full = new AbortController();
	const signal = AbortSignal.any([stop, full.signal]);
	await mkdir(folder, { recursive: true });
	const endProgress = await showProgress(folder, `n8n ${release.n8n}`, print, () => full.abort());
	try {
		await pnpmInstall(release, { folder, log, signal }).catch(async (error: unknown) => {
			// If n8n itself is complete, its database driver could not be built.
			if (!signal.aborted && existsSync(n8nCommand(folder).script)) await checkSqlite(folder, log);
			throw error;
		});
		await checkSqlite(folder, log);
	} finally {
		endProgress();
	}
}

async function install(installation: Installation): Promise<void> {
	const { release, folder, signal, print } = installation;
	if (existsSync(folder)) return;
	await checkSpace(dirname(folder));
	const part = `${folder}.part`;
	const log = `${folder}.log`;
	print(
		`Installing n8n ${release.n8n} in ${folder}. This happens only once, takes 2 to 4 minutes, and uses about ${release.gigabytes} GB on the disk.`,
	);
	await rm(part, { recursive: true, force: true });
	await rm(log, { force: true });
	try {
		await fill(part, log, installation);
		await rename(part, folder);
	} catch (error) {
		if (signal.aborted || (await freeMb(dirname(part))) > FULL_MB) throw error;
		throw new Failure(
			`The disk of ${folder} is full. Free up space, or set N8N_LOCAL_CACHE to a folder on another disk.`,
		);
	} finally {
		await rm(part, { recursive: true, force: true });
	}
}

/**
 * Installs an n8n with its own Node.js, unless it is already installed. An incomplete installation never counts: it is created
 * in a folder next to it, which gets the final name when everything works.
 * @param signal stops the installation and removes its files
 * @param release the newest one by default
 * @returns the folder of the installation
 * @throws Failure that says what to do: free up space, install tools, or read the log file of pnpm
 */
export async function installN8n(
	signal: AbortSignal,
	print: Print,
	release = NEWEST,
): Promise<string> {
	const folder = installFolder(release);
	if (existsSync(folder)) return folder;
	await makeFolder(dirname(folder), 'N8N_LOCAL_CACHE');
	const onWait = () => print('Another process is already installing n8n. Waiting for it...');
	await alone(folder, onWait, () => install({ release, folder, signal, print }));
	return folder;
}
