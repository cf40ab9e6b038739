import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { filesAsItems, runEngine } from '../support/engine.mjs';
import { startFaultyProxy, type Fault } from '../support/faultyProxy.mjs';
import * as hurt from '../support/networkFaults.mjs';
import { goOn, LOCAL_FILES } from '../support/node.mjs';
import { everyOperation, type OperationRow } from '../support/operations.mjs';

/**
 * Every operation of the node, with a fault in each of its requests: the item has the error, and no second job is started.
 * faultMatrix.test.mts tests every fault for every kind of call. This file tests a few faults for every operation, and with
 * `FAULTS=all` every fault that does not end only by a timeout.
 */
const FAULTS: Array<[what: string, fault: Fault, says: RegExp]> = [
	['reset after the request', hurt.resetAfter, /was closed before the response was complete/],
	['503', hurt.answers(503, ''), /could not process the request \(status 503\)/],
	['HTML body', hurt.answers(200, '<html></html>'), /web page instead of data/],
];
if (process.env.FAULTS === 'all') {
	FAULTS.push(
		['reset before the request', hurt.resetBefore, /was closed before the response was complete/],
		[
			'reset in the middle',
			hurt.resetMiddle,
			/was closed before the response was complete|was not found/,
		],
		['429', hurt.answers(429, { detail: 'slow' }), /is rate-limiting this account/],
		['truncated JSON', hurt.truncated, /could not be read|was not found/],
		['gzip bomb', hurt.gzipBomb(200), /is too large|more than 128 MiB/],
		['100 MB error body', hurt.hugeErrorBody, /could not process the request \(status 500\)/],
		['redirect', hurt.answers(307, '', { location: '/elsewhere' }), /redirects to another URL/],
	);
}

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;

async function make(path: string, body: object): Promise<string> {
	const response = await fetch(`${emulator.url}/api/v1${path}`, {
		method: 'POST',
		headers: { 'unstructured-api-key': emulator.key, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return ((await response.json()) as { id: string }).id;
}

/** A record of each resource that an operation can read, update, or delete. */
async function makeAll(): Promise<Record<string, string>> {
	const connector = { name: 'c', type: 's3', config: { remote_url: 's3://bucket/' } };
	const channel = {
		channel_type: 'email',
		event_types: ['job.failed'],
		email_config: { recipient_email: 'somebody@example.com' },
	};
	const [workflow] = await emulator.addWorkflows([{ name: 'w' }]);
	const [job] = await emulator.addJobs({ count: 1, workflowId: workflow.id });
	return {
		source: await make('/sources/', connector),
		destination: await make('/destinations/', connector),
		// A channel of the workflow: a scope accepts at most 50 channels.
		notificationChannel: await make(`/workflows/${workflow.id}/notifications/channels`, channel),
		workflow: workflow.id,
		job,
	};
}

beforeAll(async () => {
	emulator = await startEmulator();
	await emulator.reset({ launchSpacing: 0 });
	proxy = await startFaultyProxy(emulator.url);
});
afterAll(async () => {
	await proxy.close();
	await emulator.close();
});

/** The operation, by its index, because its parameters need IDs that are created for this run alone. */
async function hurtAll(place: number, name: string, fault: Fault) {
	const ids = await makeAll();
	const [resource, operation, parameters] = everyOperation((one) => ids[one])[place];
	const way = { fault, meets: () => true, times: Infinity };
	const { outputs, error } = await runEngine({
		parameters: { resource, operation, ...parameters() },
		items: filesAsItems([{ name: `${name}.txt`, data: 'a', json: { id: ids.job } }]),
		apiUrl: proxy.url(name, way),
		apiKey: emulator.key,
		...goOn,
	});
	return { carried: outputs[0]?.[0]?.json.error, error, id: ids[resource] };
}

/** Whether the server no longer has the record at the path of its DELETE request. */
async function isGone(id: string): Promise<boolean> {
	const [{ path }] = (await emulator.requests('DELETE')).filter((seen) => seen.path.includes(id));
	const headers = { 'unstructured-api-key': emulator.key };
	return (await fetch(`${emulator.url}${path}`, { headers })).status === 404;
}

const named = ([resource, operation]: OperationRow) => `${resource} ${operation}`;
const operations = everyOperation(() => LOCAL_FILES).map(named);

const nameOf = (what: string, operation: string, place: number) =>
	`${what}-${operation}-${place}`.replace(/\W+/g, '-');

type Hurt = Awaited<ReturnType<typeof hurtAll>> & { operation: string; name: string };
const hurtBy = new Map<string, Hurt[]>();

/** The number of faulty runs in parallel. Each run has its own proxy path, job, and IDs. */
beforeAll(async () => {
	const waiting = [...FAULTS];
	const work = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [what, fault] = next;
			const results = await Promise.all(
				operations.map(async (operation, place) => {
					const name = nameOf(what, operation, place);
					return { operation, name, ...(await hurtAll(place, name, fault)) };
				}),
			);
			hurtBy.set(what, results);
		}
	};
	await Promise.all(Array.from({ length: 3 }, work));
}, 600_000);

it.each(FAULTS)('returns the error or the result after %s', async (what, _fault, says) => {
	const results = hurtBy.get(what)!;
	expect(results).toHaveLength(operations.length);
	for (const { operation, name, carried, error, id } of results) {
		expect([operation, error?.message]).toEqual([operation, undefined]);
		expect(proxy.met(name)).toBeGreaterThan(0);
		if (operation.endsWith(' delete') && carried === undefined) {
			// The operation succeeded, although no attempt had a complete response that confirms it.
			expect([operation, await isGone(id)]).toEqual([operation, true]);
			continue;
		}
		// A wait continues through temporary failures. A redirect is not temporary.
		const isWaiting = operation === 'job wait' && what !== 'redirect';
		const expected = isWaiting ? /did not finish within 3 s/ : says;
		expect([operation, carried]).toEqual([operation, expect.stringMatching(expected)]);
	}
	const jobs = await emulator.jobs();
	for (const { name } of results) {
		const own = jobs.filter(({ files }) => files[0]?.fileName === `${name}.txt`);
		expect(own.length).toBeLessThanOrEqual(1);
	}
});
