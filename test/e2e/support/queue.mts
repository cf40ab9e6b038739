import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { n8nEnvironment } from '../../../local/n8n/environment.mjs';
import { signalGroup } from '../../../local/n8n/group.mjs';
import { installN8n } from '../../../local/n8n/install.mjs';
import { packageFolder, putPackage } from '../../../local/n8n/package.mjs';
import { startProcess } from '../../../local/n8n/process.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { openWorld, type World } from './world.mjs';

/** How many executions a worker runs in parallel: n8n's own default. */
const CONCURRENCY = 10;

const START_TIMEOUT_MS = 180_000;

/** Settings that detect a dead worker after seconds instead of 90 s. Everything else is n8n's default. */
const NOTICE_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

export interface Worker {
	/** The executions that the worker has started, one entry for each start. */
	begun: () => Promise<string[]>;
	/** The log of the worker so far. */
	log: () => Promise<string>;
	/** Sends SIGKILL to the worker and its child processes, so none of them can report anything. */
	kill: () => Promise<void>;
	isRunning: () => boolean;
	close: () => Promise<void>;
}

async function startWorker(
	folder: string,
	source: string,
	settings: Record<string, string>,
): Promise<Worker> {
	const install = await installN8n(new AbortController().signal, console.log);
	await putPackage(source, folder);
	const log = join(folder, 'worker.log');
	const env = { ...n8nEnvironment(folder, await getPort(), await getPort()), ...settings };
	const args = ['worker', `--concurrency=${CONCURRENCY}`];
	const worker = await startProcess({ install, args, folder, env, log });
	const text = () => readFile(log, 'utf8');
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await text()).includes('n8n worker is now ready')) {
		if (!worker.isRunning() || Date.now() > deadline) {
			const said = await text();
			await worker.close();
			throw new Error(`A worker of n8n does not start:\n${said}`);
		}
		await delay(250);
	}
	return {
		begun: async () =>
			[...(await text()).matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id),
		log: text,
		async kill() {
			signalGroup(worker.pid, 'SIGKILL');
			await worker.ended;
		},
		isRunning: worker.isRunning,
		close: worker.close,
	};
}

/** n8n in queue mode, with two workers. */
export interface Queue {
	world: World;
	workers: Worker[];
	/** Starts a worker in the place of each that was killed. */
	replaceKilled: () => Promise<void>;
	close: () => Promise<void>;
}

/** Starts n8n in queue mode. Each process has its own folder, as on separate machines. */
export async function openQueue(): Promise<Queue> {
	const closers: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const end of closers.reverse()) await end();
	};
	try {
		console.log('Starting Redis and PostgreSQL.');
		const redis = await startRedis();
		closers.push(redis.close);
		const postgres = await startPostgres();
		closers.push(postgres.close);
		const settings = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			QUEUE_BULL_REDIS_HOST: redis.host,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: postgres.host,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
			...NOTICE_SOON,
		};
		const world = await openWorld(settings);
		closers.push(world.close);
		console.log('Starting two workers.');
		const source = packageFolder(join(world.folder, 'n8n'));
		let started = 0;
		const addWorker = async () => {
			const folder = join(world.folder, `worker-${++started}`);
			const worker = await startWorker(folder, source, settings);
			closers.push(worker.close);
			return worker;
		};
		const workers = await Promise.all([addWorker(), addWorker()]);
		const replaceKilled = async () => {
			for (const [at, { isRunning }] of workers.entries()) {
				if (!isRunning()) workers[at] = await addWorker();
			}
		};
		return { world, workers, replaceKilled, close };
	} catch (error) {
		await close();
		throw error;
	}
}
