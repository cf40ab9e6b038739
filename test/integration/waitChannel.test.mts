import type { INodeParameters } from 'n8n-workflow';
import { jobParameters, jsonItems, LOCAL_FILES, useNode } from '../support/node.mjs';
import { openWaits, type Waits } from '../support/waits.mjs';

const node = useNode();
let waits: Waits;
beforeEach(async () => {
	await node.emulator.options({ retrySeconds: Array<number>(30).fill(0.1) });
	waits = await openWaits();
});
afterEach(() => waits.close());

const LATER = { first: 3_600, last: 3_600 };

const parameters = (options: INodeParameters = {}) =>
	jobParameters('wait', {
		jobId: '={{ $json.id }}',
		options: { waitVia: 'webhook', timeout: 600, ...options },
	});

const addJobs = (count: number) => node.emulator.addJobs({ count, endsIn: LATER });

const start = (
	ids: string[],
	options: INodeParameters = {},
	rest: Partial<Parameters<Waits['start']>[0]> = {},
) =>
	waits.start({
		apiUrl: node.emulator.url,
		apiKey: node.emulator.key,
		parameters: parameters(options),
		items: jsonItems(...ids.map((id) => ({ id }))),
		...rest,
	});

const complete = async (...ids: string[]) => {
	for (const id of ids) await node.emulator.changeJob(id, { status: 'COMPLETED' });
};

/** Waits until the emulator has no channel. */
async function untilNoChannel() {
	while ((await node.emulator.channels()).length > 0) await pause(20);
}

/** The responses of n8n to so many attempts of the only delivery. */
async function attemptsOf(count: number) {
	for (;;) {
		const [{ attempts }] = await node.emulator.deliveries('job.completed');
		if (attempts.length >= count) return attempts.map(({ status }) => status);
		await pause(20);
	}
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const texts = (items: Array<{ json: Record<string, unknown> }> = []) =>
	items.map(({ json: { error, id, status } }) =>
		typeof error === 'string' ? error : `${String(id)} ${String(status)}`,
	);

it('resumes with every job and deletes the channel', async () => {
	const ids = await addJobs(2);
	const wait = await start(ids);
	expect(wait.run.waitTill).toBeDefined();
	await complete(...ids);
	const { outputs } = await wait.resumed;
	expect(texts(outputs[0])).toEqual(ids.map((id) => `${id} COMPLETED`));
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	await untilNoChannel();
});

it('resumes even if the details of one job are missing', async () => {
	const ids = await addJobs(2);
	const wait = await start(ids, { includeDetails: true });
	const body = { detail: 'Job not found' };
	await node.emulator.faults({ path: `${ids[0]}/details$`, status: 404, body, times: null });
	await complete(...ids);
	const [items] = (await wait.resumed).outputs;
	expect(texts(items)).toEqual(ids.map((id) => `${id} COMPLETED`));
	expect(items.map(({ json }) => json.processing_status)).toEqual([null, 'SUCCESS']);
});

it("returns failed items by the error output, with 'On Error' set so", async () => {
	const ids = await addJobs(2);
	const wait = await start(
		ids,
		{ includeDetails: true },
		{ node: { onError: 'continueErrorOutput' } },
	);
	const body = { detail: 'Not for this job' };
	await node.emulator.faults({ path: `${ids[0]}/details$`, status: 422, body, times: null });
	await complete(...ids);
	const { outputs } = await wait.resumed;
	expect(texts(outputs[0])).toEqual([`${ids[1]} COMPLETED`]);
	expect(outputs[1].map(({ json }) => JSON.stringify(json))).toEqual([
		expect.stringContaining('Not for this job'),
	]);
});

it('is not resumed during a temporary failure, but by the next delivery', async () => {
	const ids = await addJobs(1);
	const wait = await start(ids, { includeDetails: true });
	const path = `${ids[0]}/details$`;
	await node.emulator.faults({ path, status: 401, body: { detail: 'API key is invalid' } });
	await complete(...ids);
	expect(texts((await wait.resumed).outputs[0])).toEqual([`${ids[0]} COMPLETED`]);
	expect(await attemptsOf(2)).toEqual([503, 200]);
});

it('accepts deliveries after the API key was replaced', async () => {
	const [id] = await addJobs(1);
	const wait = await start([id]);
	wait.replaceKey('unstructured-new-key');
	await complete(id);
	// The signature is valid, but the job can't be read while Unstructured does not recognize the key.
	expect(await attemptsOf(2)).toEqual([503, 503]);
	wait.replaceKey(node.emulator.key);
	expect(texts((await wait.resumed).outputs[0])).toEqual([`${id} COMPLETED`]);
});

it('resumes with more jobs than one check can read, even if their list cannot be read', async () => {
	const ids = await addJobs(8);
	const wait = await start(ids);
	expect(wait.run.waitTill).toBeDefined();
	await node.emulator.faults({
		method: 'GET',
		path: '/jobs/$',
		status: 500,
		body: {},
		times: null,
	});
	await complete(...ids);
	expect(texts((await wait.resumed).outputs[0])).toEqual(ids.map((id) => `${id} COMPLETED`));
});

it('waits up to the longest timeout of the items', async () => {
	const [first, second] = await addJobs(2);
	const { run } = await waits.start({
		apiUrl: node.emulator.url,
		apiKey: node.emulator.key,
		parameters: jobParameters('wait', {
			jobId: '={{ $json.id }}',
			options: { waitVia: 'webhook', timeout: '={{ $json.seconds }}' },
		}),
		items: jsonItems({ id: first, seconds: 60 }, { id: second, seconds: 600 }),
	});
	expect(Number(run.waitTill) - Date.now()).toBeGreaterThan(400_000);
});

it('has a new secret for each wait, which appears nowhere in the execution', async () => {
	const ids = await addJobs(2);
	const all = [await start([ids[0]]), await start([ids[1]])];
	const secrets = (await node.emulator.channels()).map(({ secret }) => secret!);
	expect(new Set(secrets).size).toBe(2);
	await complete(...ids);
	for (const wait of all) {
		const text = JSON.stringify([wait.run, await wait.resumed]);
		for (const secret of secrets) expect(text).not.toContain(secret);
	}
});

it('stores the resumption before it deletes the channel', async () => {
	const [id] = await addJobs(1);
	const wait = await start([id]);
	await node.emulator.faults({ method: 'DELETE', path: 'channels', hang: 'handled' });
	await complete(id);
	// This delivery would not arrive if the deletion came first.
	expect(texts((await wait.resumed).outputs[0])).toEqual([`${id} COMPLETED`]);
});

it.each([
	['job.progress', { type: 'job.progress', job: { job_id: 'x', status: 'IN_PROGRESS' } }, 200],
	['an unknown event', { type: 'channel.test', data: {} }, 200],
	['a body without a job', { type: 'job.completed', data: { key: 'value-1' } }, 400],
])('responds to %s and keeps waiting', async (_, body, status) => {
	const [id] = await addJobs(1);
	await start([id]);
	const [{ id: channelId }] = await node.emulator.channels();
	const [{ attempts }] = await node.emulator.deliver({ channelId, jobIds: [id], body });
	expect(attempts[0].status).toBe(status);
	expect(await node.emulator.channels()).toHaveLength(1);
});

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'On Error: %s',
	(onError) => {
		const output = onError === 'continueErrorOutput' ? 1 : 0;

		it.each([
			[
				'the channel cannot be created',
				{ path: 'channels', status: 403, times: null },
				{},
				'permission',
			],
			['nothing can be read', { path: '.', status: 401, times: null }, {}, 'key'],
			['n8n is not public', undefined, { baseUrl: 'http://n8n.example.com' }, 'public HTTPS URL'],
			['a setting does not fit', undefined, { fail: true }, 'Fail on Job Failure'],
		])(
			'fails each item if %s',
			async (_, fault, change: { baseUrl?: string; fail?: boolean }, message) => {
				const ids = await addJobs(2);
				if (fault) await node.emulator.faults(fault);
				const items = jsonItems(...ids.map((id) => ({ id })));
				const options = parameters(change.fail ? { failOnJobFailure: true } : {});
				const { baseUrl } = change;
				const { outputs, run } = await node.run(options, items, {
					node: { onError },
					...(baseUrl && { baseUrl }),
				});
				expect(run.waitTill).toBeUndefined();
				expect(texts(outputs[output])).toEqual([
					expect.stringContaining(message),
					expect.stringContaining(message),
				]);
				expect(outputs[output].map(({ pairedItem }) => pairedItem)).toEqual([
					{ item: 0 },
					{ item: 1 },
				]);
				expect(outputs.flat()).toHaveLength(2);
			},
		);

		it('returns a finished job even if the channel for another job cannot be created', async () => {
			const [id, finished] = await addJobs(2);
			await complete(finished);
			await node.emulator.faults({ path: 'channels', status: 403, times: null });
			const items = jsonItems({ id }, { id: finished });
			const { outputs } = await node.run(parameters(), items, { node: { onError } });
			expect(texts(outputs.flat()).sort()).toEqual(
				[`${finished} COMPLETED`, expect.stringContaining('permission')].sort(),
			);
		});
	},
);

describe('without room for another channel', () => {
	/** Channels of the workflow that belong to another client. */
	async function addChannels(count: number) {
		const path = `workflows/${LOCAL_FILES}/notifications/channels`;
		const headers = {
			'unstructured-api-key': node.emulator.key,
			'content-type': 'application/json',
		};
		for (let i = 0; i < count; i++) {
			const url = `https://example.com/${i}`;
			const body = JSON.stringify({ url, event_types: ['job.failed'] });
			await fetch(`${node.emulator.url}/api/v1/${path}`, { method: 'POST', headers, body });
		}
	}

	const addJobsOf = (count: number, seconds: number) =>
		node.emulator.addJobs({
			count,
			workflowId: LOCAL_FILES,
			endsIn: { first: seconds, last: seconds },
		});

	it('polls instead, with a hint that suggests deleting nothing', async () => {
		await addChannels(48);
		const parked = await addJobsOf(2, 3_600);
		const waiting = [await start([parked[0]]), await start([parked[1]])];
		const before = await node.emulator.channels();
		const [id] = await addJobsOf(1, 1);
		const polled = await start([id]);
		expect(polled.run.waitTill).toBeUndefined();
		expect(texts(polled.outputs[0])).toEqual([`${id} COMPLETED`]);
		const { hints = [] } = polled.run.data.resultData.runData.Unstructured[0];
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/polled instead.*Nothing needs to be deleted/),
		]);
		expect(await node.emulator.channels()).toEqual(before);
		await complete(...parked);
		for (const { resumed } of waiting) expect((await resumed).outputs[0]).toHaveLength(1);
	});

	it('returns a job as last known at the time limit', async () => {
		await addChannels(50);
		const [id] = await addJobsOf(1, 3_600);
		const { outputs } = await start([id], { timeout: 1 });
		expect(texts(outputs[0])[0]).toMatch(new RegExp(`^${id} (SCHEDULED|IN_PROGRESS)$`));
	});
});

it('does not pause before every job was seen unfinished', async () => {
	const ids = await addJobs(2);
	// The first check finds nothing, and the second one finds a finished job.
	await node.emulator.faults({ method: 'GET', path: '/jobs/', status: 404, body: {} });
	await node.emulator.faults({
		method: 'GET',
		path: `/jobs/${ids[0]}$`,
		reset: 'afterBody',
		times: 6,
	});
	await complete(ids[0]);
	const wait = await start([ids[0]]);
	expect(wait.run.waitTill).toBeUndefined();
	expect(texts(wait.outputs[0])).toEqual([`${ids[0]} COMPLETED`]);
});
