import { setTimeout } from 'node:timers/promises';
import { filesAsItems } from '../support/engine.mjs';
import {
	goOn,
	jobParameters,
	jsonItems,
	LOCAL_FILES,
	runParameters,
	useNode,
} from '../support/node.mjs';

const node = useNode();
const parameters = jobParameters('getFileStatus');
const calls = async (id: string) =>
	await node.emulator.requests('GET', new RegExp(`/jobs/${id}/file-status$`));
const times = (count: number, id: string) =>
	jsonItems(...Array.from({ length: count }, () => ({ id })));

async function newJob() {
	const [id] = await node.emulator.addJobs({ count: 1, workflowId: LOCAL_FILES });
	return id;
}

/** Starts these reads, and stops them when no more calls arrive. */
async function callsUntilItWaits(id: string, count: number, expected: number) {
	const { done, cancel } = node.start(parameters, times(count, id), goOn);
	try {
		await node.emulator.arrived('GET', /\/file-status$/, expected);
		await setTimeout(1_500);
		return (await calls(id)).map(({ status }) => status);
	} finally {
		cancel();
		await done;
	}
}

it('returns the status of the files', async () => {
	const files = filesAsItems([{ name: 'a.txt', data: 'a' }]);
	const [{ json: job }] = (await node.run(runParameters({ waitForCompletion: true }), files))
		.outputs[0];
	const id = job.id as string;
	const { outputs } = await node.run(parameters, jsonItems({ id }));
	const response = await fetch(`${node.emulator.url}/api/v1/jobs/${id}/file-status`, {
		headers: { 'unstructured-api-key': node.emulator.key },
	});
	const said = (await response.json()) as { files: unknown[] };
	expect(said.files).toHaveLength(1);
	expect(outputs[0]).toMatchObject([{ json: { files: said.files }, pairedItem: { item: 0 } }]);
	expect(Object.keys(outputs[0][0].json)).toEqual(Object.keys(said));
});

it.each([
	[
		'a job that does not exist',
		{ status: 404, body: { detail: 'Job x not found' } },
		/ was not found$/,
	],
	['another shape', { status: 200, body: { detail: 'soon' } }, /could not be read$/],
])('reports %s as the error of its item', async (_what, replace, message) => {
	const id = await newJob();
	await node.emulator.faults({ path: '/file-status$', times: null, replace });
	const { outputs } = await node.run(parameters, jsonItems({ id }), goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { error: expect.stringMatching(message) as string }, pairedItem: { item: 0 } },
	]);
});

it('makes 12 calls for one job and delays the next', async () => {
	const id = await newJob();
	expect(await callsUntilItWaits(id, 13, 12)).toEqual(Array(12).fill(200));
});

it('counts failed calls', async () => {
	const id = await newJob();
	await node.emulator.faults({ path: '/file-status$', status: 503, times: 2 });
	expect(await callsUntilItWaits(id, 13, 12)).toEqual([503, 503, ...Array<number>(10).fill(200)]);
});

it('does not count the calls for another job', async () => {
	const [one, other] = [await newJob(), await newJob()];
	const ids = Array.from({ length: 24 }, (_, i) => ({ id: i % 2 ? one : other }));
	const { outputs } = await node.run(parameters, jsonItems(...ids));
	expect(outputs[0]).toHaveLength(24);
});

// Only the end of the minute ends the wait.
if (process.env.FAULTS === 'all') {
	it('continues after a minute without a rejected call', async () => {
		const id = await newJob();
		const { outputs } = await node.run(parameters, times(13, id));
		expect(outputs[0]).toHaveLength(13);
		expect((await calls(id)).map(({ status }) => status)).toEqual(Array(13).fill(200));
	}, 90_000);
}
