import { filesAsItems } from '../support/engine.mjs';
import { goOn, jobParameters, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
beforeEach(() => node.emulator.options({ launchSpacing: 1 }));

const template = (changes = {}) =>
	jobParameters('create', {
		templateId: { __rl: true, mode: 'id', value: 'hi_res_partition' },
		...changes,
	});
const files = (count: number) =>
	filesAsItems(
		Array.from({ length: count }, (_, i) => ({ name: `${i}.txt`, data: `file ${i}`, json: { i } })),
	);
const launches = () => node.emulator.requests('POST', /\/jobs\/$/);

it('starts a job from a template, with the files', async () => {
	const { outputs } = await node.run(template(), files(2));
	const [request] = await launches();
	expect(JSON.parse(request.fields.request_data)).toEqual({ template_id: 'hi_res_partition' });
	expect(request.files.map(({ fieldName, fileName }) => [fieldName, fileName])).toEqual([
		['input_files', '0.txt'],
		['input_files', '1.txt'],
	]);
	const [{ id }] = await node.emulator.jobs();
	expect(outputs[0]).toMatchObject([{ json: { id }, pairedItem: [{ item: 0 }, { item: 1 }] }]);
});

it.each([
	['an array', [{ name: 'Partitioner', type: 'partition', subtype: 'vlm' }]],
	[
		'the example of the documentation',
		{ job_nodes: [{ name: 'P', type: 'partition', subtype: 'vlm', settings: {} }] },
	],
])('starts a job from nodes: %s', async (_what, nodes) => {
	const parameters = jobParameters('create', {
		definition: 'nodes',
		jobNodes: JSON.stringify(nodes),
	});
	const { error } = await node.run(parameters, files(1));
	expect(error).toBeUndefined();
	const [request] = await launches();
	const sent = JSON.parse(request.fields.request_data) as { job_nodes: unknown };
	expect(sent.job_nodes).toEqual(Array.isArray(nodes) ? nodes : nodes.job_nodes);
});

it('starts several jobs for many files, a second apart, each linked to its items', async () => {
	const { outputs } = await node.run(template({ options: { filesPerJob: 4 } }), files(10));
	const jobs = (await node.emulator.jobs()).reverse();
	expect(jobs.map((job) => job.files.map(({ fileName }) => fileName))).toEqual([
		['0.txt', '1.txt', '2.txt', '3.txt'],
		['4.txt', '5.txt', '6.txt', '7.txt'],
		['8.txt', '9.txt'],
	]);
	expect(outputs[0].map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
		[jobs[0].id, [0, 1, 2, 3].map((item) => ({ item }))],
		[jobs[1].id, [4, 5, 6, 7].map((item) => ({ item }))],
		[jobs[2].id, [8, 9].map((item) => ({ item }))],
	]);
	// No job started too early.
	expect((await launches()).map(({ status }) => status)).toEqual([200, 200, 200]);
});

it('returns finished jobs by status', async () => {
	await node.emulator.options({ outcome: 'FAILED' });
	const { outputs } = await node.run(
		template({ waitForCompletion: true, splitByStatus: true, jobGrouping: 'each' }),
		files(2),
	);
	expect(outputs.map((output) => output.length)).toEqual([0, 2, 0, 0]);
	expect(outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

it('waits out a rate limit without starting a job twice', async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '^/jobs/$',
		status: 429,
		body: { detail: 'slow down' },
	});
	const { error } = await node.run(template(), files(1));
	expect(error).toBeUndefined();
	expect(await node.emulator.jobs()).toHaveLength(1);
});

it('finds its job after a lost response', async () => {
	await node.emulator.faults({ method: 'POST', path: '^/jobs/$', reset: 'afterBody' });
	const { outputs } = await node.run(template(), files(1));
	const jobs = await node.emulator.jobs();
	expect(jobs).toHaveLength(1);
	expect(outputs[0]).toMatchObject([{ json: { id: jobs[0].id } }]);
});

it("does not mistake a workflow's job with the same file name for its own", async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '^/jobs/$',
		reset: 'afterRead',
		delayMs: 700,
	});
	const lost = node.run(template(), files(1));
	await node.emulator.arrived('POST', /\/jobs\/$/);
	await node.run(runParameters(), files(1));
	const { error, outputs } = await lost;
	const jobs = await node.emulator.jobs();
	expect(jobs).toHaveLength(1);
	expect(error?.message).toContain('so a job may or may not have started');
	expect(error?.description).not.toContain(jobs[0].id);
	expect(outputs).toEqual([]);
	expect(await launches()).toHaveLength(1);
});

it('names the started jobs if a later one is rejected', async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '^/jobs/$',
		status: 422,
		after: 1,
		body: { detail: 'bad' },
	});
	const { error } = await node.run(template({ options: { filesPerJob: 1 } }), files(3));
	const jobs = await node.emulator.jobs();
	expect(jobs).toHaveLength(1);
	expect(error?.description).toContain(`Jobs that this node started: ${jobs[0].id}`);
});

it("continues with the other jobs if 'On Error' is set to 'Continue'", async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '^/jobs/$',
		status: 422,
		after: 1,
		body: { detail: 'bad' },
	});
	const { outputs } = await node.run(template({ options: { filesPerJob: 1 } }), files(3), goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { status: 'SCHEDULED' }, pairedItem: { item: 0 } },
		{
			json: { error: 'Unstructured did not accept the values that were sent' },
			pairedItem: { item: 1 },
		},
		{ json: { status: 'SCHEDULED' }, pairedItem: { item: 2 } },
	]);
});

it.each([
	[
		'an unknown template',
		{ templateId: { __rl: true, mode: 'id', value: 'nope' } },
		"'nope' is not an ID of a template",
	],
	[
		'no template',
		{ templateId: { __rl: true, mode: 'id', value: '={{ "" }}' } },
		'No template is selected',
	],
	[
		'text that is not JSON',
		{ definition: 'nodes', jobNodes: '={{ "[" }}' },
		"'Nodes' is not a list of nodes: ",
	],
	[
		'no nodes',
		{ definition: 'nodes', jobNodes: '[]' },
		"'Nodes' is not a list of nodes: there is no array with nodes",
	],
	[
		'a node without a type',
		{
			definition: 'nodes',
			jobNodes: '[{"name":"P","type":"partition","subtype":"vlm"},{"name":"C"}]',
		},
		"'Nodes' is not a list of nodes: node 2 needs a name, a type, and a subtype",
	],
])('rejects %s before any request', async (_what, parameters, message) => {
	const { error } = await node.run(template(parameters), files(1));
	expect(error?.message).toContain(message);
	expect(await launches()).toHaveLength(0);
});

it.each([
	['the template', template(), "The template 'hi_res_partition' was not found"],
	[
		'a node',
		template({
			definition: 'nodes',
			jobNodes: '[{"name":"P","type":"partition","subtype":"vlm"}]',
		}),
		'Unstructured did not find everything that the request names',
	],
])('reports that %s was not found when starting the job', async (_what, parameters, message) => {
	const replace = { status: 404, body: { detail: 'Unknown to this account' } };
	await node.emulator.faults({ method: 'POST', path: '/jobs/', replace });
	const { error } = await node.run(parameters, files(1));
	expect(error?.message).toBe(message);
	expect(error?.description).toContain('Unknown to this account');
});
