import type { INodeParameters } from 'n8n-workflow';
import { goOn, jobParameters, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();

const parameters = (options: INodeParameters = {}, changes: INodeParameters = {}) =>
	jobParameters('wait', {
		jobId: '={{ $json.id }}',
		...changes,
		options: { waitVia: 'webhook', timeout: 60, ...options },
	});

const addJob = async (seconds: number) =>
	(await node.emulator.addJobs({ count: 1, endsIn: { first: seconds, last: seconds } }))[0];

const waitFor = (ids: string[], ...args: Parameters<typeof parameters>) =>
	node.run(parameters(...args), jsonItems(...ids.map((id) => ({ id }))));

it('returns finished jobs immediately without creating a channel', async () => {
	const ids = [await addJob(0), await addJob(0)];
	const { outputs, run } = await waitFor([...ids, ids[0]], { includeDetails: true });
	expect(run.waitTill).toBeUndefined();
	expect(outputs[0].map(({ json }) => [json.id, json.processing_status])).toEqual(
		[...ids, ids[0]].map((id) => [id, 'SUCCESS']),
	);
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(await node.emulator.requests('POST', /channels/)).toEqual([]);
});

it('pauses the execution until the time limit, with a channel of the workflow', async () => {
	const id = await addJob(3_600);
	const { run, outputs } = await waitFor([id, await addJob(0)]);
	expect(outputs[0]).toMatchObject([{ json: { id, status: 'SCHEDULED' } }, {}]);
	const ms = Number(run.waitTill) - Date.now();
	expect(ms).toBeGreaterThan(50_000);
	expect(ms).toBeLessThanOrEqual(60_000);
	const [channel] = await node.emulator.channels();
	expect(channel).toMatchObject({
		event_types: ['job.completed', 'job.failed', 'job.stopped'],
		workflowId: expect.any(String) as string,
	});
	expect(channel.url).toContain('/webhook-waiting/');
	const data = JSON.stringify(run.data);
	expect(data).not.toContain(channel.secret);
	expect(data).not.toContain(node.emulator.key);
});

it('stores the items for the time limit: each job as last known, in place of its item', async () => {
	const ids = [await addJob(3_600), await addJob(0)];
	const { run } = await waitFor(ids);
	const [{ data }] = run.data.executionData!.nodeExecutionStack;
	expect(data.main[0]?.map(({ json }) => [json.id, json.status])).toEqual([
		[ids[0], 'SCHEDULED'],
		[ids[1], 'COMPLETED'],
	]);
	// The output of the previous node is unchanged.
	expect(run.data.resultData.runData.Source[0].data?.main[0]?.[0].json).toEqual({ id: ids[0] });
});

it('listens to the whole workspace if the jobs belong to several workflows', async () => {
	const [other] = await node.emulator.addWorkflows([{ name: 'Other' }]);
	const ids = await node.emulator.addJobs({
		count: 1,
		workflowId: other.id,
		endsIn: { first: 3_600, last: 3_600 },
	});
	await waitFor([await addJob(3_600), ...ids]);
	expect(await node.emulator.channels()).toMatchObject([{ workflowId: null }]);
});

it('fails only the item whose job no longer exists', async () => {
	const gone = '00000000-0000-4000-8000-000000000000';
	const ids = [gone, await addJob(0)];
	const items = jsonItems(...ids.map((id) => ({ id })));
	const { outputs } = await node.run(parameters(), items, goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { error: `The job '${gone}' was not found` } },
		{ json: { id: ids[1], status: 'COMPLETED' } },
	]);
});

it('leaves no channel if the node fails after creating it', async () => {
	const gone = '00000000-0000-4000-8000-000000000000';
	const { error } = await waitFor([await addJob(3_600), gone]);
	expect(error?.message).toBe(`The job '${gone}' was not found`);
	expect(await node.emulator.channels()).toEqual([]);
});

it('deletes channels that earlier waits left behind', async () => {
	await waitFor([await addJob(3_600)], { timeout: 1 });
	await new Promise((resolve) => setTimeout(resolve, 1_100));
	await waitFor([await addJob(3_600)]);
	expect(await node.emulator.channels()).toHaveLength(1);
});

it.each([
	[{}, { splitByStatus: true }, "'Split by Status' can't be used when 'Wait Via' is 'Webhook'"],
	[{ failOnJobFailure: true }, {}, "'Fail on Job Failure' can't be used when"],
])('rejects settings that a webhook cannot honor: %j %j', async (options, changes, message) => {
	const { error } = await waitFor([await addJob(0)], options, changes);
	expect(error?.message).toContain(message);
	expect(error?.description).toMatch(/'Polling'/);
	expect(await node.emulator.requests()).toEqual([]);
});

it('reports immediately that n8n has no public HTTPS URL', async () => {
	const items = jsonItems({ id: await addJob(3_600) });
	const { error } = await node.run(parameters(), items, { baseUrl: 'http://n8n.example.com' });
	expect(error?.message).toMatch(/its URL http:\/\/n8n\.example\.com is not a public HTTPS URL/);
	expect(error?.description).toMatch(/WEBHOOK_URL.*'Polling'/);
	expect(await node.emulator.requests()).toEqual([]);
});
