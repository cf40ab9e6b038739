import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../local/emulator/platform/channels.mjs';
import type { NewDeliveries } from '../../local/emulator/control/deliveries.mjs';
import type { Delivery } from '../../local/emulator/platform/deliveries.mjs';
import type { Fault } from '../../local/emulator/faults/plan.mjs';
import type { EmulatorOptions } from '../../local/emulator/platform/options.mjs';
import { KEYS, type Product } from '../../local/emulator/http/products.mjs';
import type { LoggedRequest } from '../../local/emulator/wire/requestLog.mjs';
import type { Workflow } from '../../local/emulator/platform/workflows.mjs';

/** A job as the server stores it. */
export interface ServerJob {
	id: string;
	workflow_id: string;
	status: string;
	input_file_ids: string[] | null;
	files: Array<{ fileName: string; contentType: string; size: number; sha256: string }>;
}

/** The control routes of an emulator at this URL. */
export function controlEmulator(url: string) {
	async function control<Result>(method: string, path: string, body?: unknown): Promise<Result> {
		const response = await fetch(`${url}/_emulator/${path}`, {
			method,
			...(body !== undefined && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		if (!response.ok) throw new Error(`/_emulator/${path}: ${response.status}`);
		return (await response.json()) as Result;
	}

	const requests = async (method?: string, path = /./) =>
		(await control<LoggedRequest[]>('GET', 'requests')).filter(
			(request) => (!method || request.method === method) && path.test(request.path),
		);

	return {
		reset: (options: Partial<EmulatorOptions> = {}) => control('POST', 'reset', options),
		options: (options: Partial<EmulatorOptions>) => control('POST', 'options', options),
		faults: (...faults: Fault[]) => control('POST', 'faults', faults),
		/** Sets the outcomes of the next jobs, with failed files by position. */
		outcomes: (
			...outcomes: Array<{ outcome?: string; failedFiles?: Record<number, string>; times?: number }>
		) => control('POST', 'outcomes', outcomes),
		advance: (seconds: number) => control('POST', 'clock', { seconds }),
		jobs: () => control<ServerJob[]>('GET', 'jobs'),
		addJobs: (jobs: {
			count: number;
			workflowId?: string;
			endsIn?: { first: number; last: number };
		}) => control<string[]>('POST', 'jobs', jobs),
		changeJob: (
			id: string,
			change: {
				status?: string;
				endsIn?: number;
				outcome?: string;
				failedFiles?: Record<number, string>;
			},
		) => control('POST', `jobs/${id}`, change),
		addWorkflows: (workflows: Array<Partial<Workflow>>) =>
			control<Workflow[]>('POST', 'workflows', { workflows }),
		/** The notification channels of all scopes, with their secrets. */
		channels: () => control<Channel[]>('GET', 'channels'),
		/** The deliveries to webhooks with their responses, of one event or of all. */
		deliveries: async (event?: string) =>
			(await control<Delivery[]>('GET', 'deliveries')).filter(
				(delivery) => event === undefined || delivery.event === event,
			),
		/** Sends events manually and waits for the responses. */
		deliver: (deliveries: NewDeliveries) => control<Delivery[]>('POST', 'deliveries', deliveries),
		/** Adds workflows named `Workflow 1` and so on. */
		addManyWorkflows: (count: number) => control<Workflow[]>('POST', 'workflows', { count }),
		/** The received requests, all or those to a path. */
		requests,
		/** Waits until so many requests to a path have arrived. */
		async arrived(method: string, path: RegExp, count = 1) {
			while ((await requests(method, path)).length < count) await setTimeout(20);
		},
	};
}

/**
 * Runs the emulator as a separate process, so it sees only what was sent over the network.
 * @param product `transform` for an account with only the job routes
 */
export async function startEmulator(given?: string, product: Product = 'pipelines') {
	const key = given ?? KEYS[product];
	const { EMULATOR_BUNDLE } = process.env;
	const main = EMULATOR_BUNDLE ? [EMULATOR_BUNDLE] : ['--import', 'tsx', 'local/emulator/main.mts'];
	const child = spawn(process.execPath, main, {
		env: { ...process.env, PORT: '0', PRODUCT: product, API_KEY: key },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The emulator ended with code ${String(code)} before it was ready`);
	});
	const firstLine = once(createInterface(child.stdout), 'line');
	const [line] = (await Promise.race([firstLine, ended])) as [string];
	ended.catch(() => undefined);
	const [url = ''] = /http:\S+/.exec(line) ?? [];

	return {
		url,
		key,
		...controlEmulator(url),
		async close() {
			child.kill();
			await once(child, 'exit');
		},
	};
}

export type Emulator = Awaited<ReturnType<typeof startEmulator>>;
