import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems } from '../support/engine.mjs';
import {
	byId,
	jobParameters,
	jsonItems,
	LOCAL_FILES,
	runParameters,
	useNode,
} from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);

type Field = (id: string) => INodeParameters;

/** An operation of each field that takes an ID, with the noun of its record. */
const FIELDS: Array<[what: string, noun: string, field: Field]> = [
	['Workflow: Run', 'workflow', (id) => runParameters({ workflowId: byId(id) })],
	['Workflow: Get', 'workflow', (id) => of('workflow', 'get', { workflowId: byId(id) })],
	['Workflow: Delete', 'workflow', (id) => of('workflow', 'delete', { workflowId: byId(id) })],
	[
		'Parse with a workflow',
		'workflow',
		(id) => of('document', 'parse', { processing: 'workflow', workflowId: byId(id) }),
	],
	[
		"a workflow's channels",
		'workflow',
		(id) =>
			of('notificationChannel', 'get', {
				scope: 'workflow',
				workflowId: byId(id),
				channelId: byId('ep_0a1B2c'),
			}),
	],
	[
		'the filter of jobs',
		'workflow',
		(id) => of('job', 'getAll', { filters: { workflow: byId(id) } }),
	],
	[
		'the text filter of jobs',
		'workflow',
		(id) => of('job', 'getAll', { filters: { workflowId: id } }),
	],
	['Template: Get', 'template', (id) => of('template', 'get', { templateId: byId(id) })],
	['Job: Run On-Demand', 'template', (id) => jobParameters('create', { templateId: byId(id) })],
	[
		'Parse with a template',
		'template',
		(id) => of('document', 'parse', { processing: 'template', templateId: byId(id) }),
	],
	['Source: Get', 'source', (id) => of('source', 'get', { sourceId: byId(id) })],
	['the source of a new workflow', 'source', (id) => newWorkflow({ sourceId: byId(id) })],
	[
		'the source of an updated workflow',
		'source',
		(id) =>
			of('workflow', 'update', {
				workflowId: byId(LOCAL_FILES),
				updateFields: { sourceId: byId(id) },
			}),
	],
	[
		'Destination: Check Connection',
		'destination',
		(id) => of('destination', 'checkConnection', { destinationId: byId(id) }),
	],
	[
		'the destination of a new workflow',
		'destination',
		(id) => newWorkflow({ destinationId: byId(id) }),
	],
	[
		'Notification Channel: Get',
		'notification channel',
		(id) => of('notificationChannel', 'get', { channelId: byId(id) }),
	],
	...['get', 'wait', 'getOutput', 'getDetails', 'getFailedFiles', 'getFileStatus', 'cancel'].map(
		(operation): [string, string, Field] => [
			`Job: ${operation}`,
			'job',
			(id) => jobParameters(operation, { jobId: id }),
		],
	),
];

function of(resource: string, operation: string, parameters: INodeParameters): INodeParameters {
	return { resource, operation, ...parameters };
}

function newWorkflow(parameters: INodeParameters): INodeParameters {
	const templateId = byId('hi_res_partition');
	return of('workflow', 'create', { name: 'New', templateId, ...parameters });
}

describe.each(FIELDS)('the ID in %s', (_what, noun, field) => {
	it('is rejected in words if it is a name, typed or from an expression', async () => {
		for (const name of ['abc', 'My workflow', 'My-workflow']) {
			const ids = [`={{ ${JSON.stringify(name)} }}`, ...(name === 'abc' ? [name] : [])];
			for (const id of ids) {
				const { error } = await node.run(field(id), oneFile);
				expect(error?.message).toBe(`'${name}' is not an ID of a ${noun}`);
				expect(error?.description).toMatch(new RegExp(`^Enter the ID of the ${noun} instead of`));
				expect(error?.description).toMatch(/: Get Many' returns/);
				expect(error?.description).not.toMatch(/(path|query|body)\.|_id\b|uuid/i);
			}
		}
	});
});

describe('an ID that the server rejects by its form', () => {
	const reject = (loc: string[], input: string) => ({
		times: null,
		status: 422,
		body: {
			detail: [
				{
					type: 'uuid_parsing',
					loc,
					msg: 'Input should be a valid UUID, invalid character found',
					input,
					ctx: { error: 'invalid character' },
				},
			],
		},
	});

	it.each<[string, string, string, string[], INodeParameters]>([
		[
			'in the path',
			'workflow',
			'/workflows/',
			['path', 'workflow_id'],
			of('workflow', 'get', { workflowId: byId('abc') }),
		],
		[
			'in the path before another ID',
			'workflow',
			'/workflows/',
			['path', 'workflow_id'],
			of('notificationChannel', 'get', {
				scope: 'workflow',
				workflowId: byId('abc'),
				channelId: byId('ep_0a1B2c'),
			}),
		],
		[
			'in the query',
			'source',
			'/workflows/',
			['query', 'source_id'],
			of('workflow', 'getAll', { filters: { sourceId: byId('abc') } }),
		],
		[
			'in the body',
			'destination',
			'/workflows/$',
			['body', 'destination_id'],
			newWorkflow({ destinationId: byId('abc') }),
		],
	])('is named, %s', async (_where, noun, path, loc, parameters) => {
		await node.emulator.faults({ path, ...reject(loc, 'abc') });
		const { error } = await node.run(parameters, jsonItems({}));
		expect(error?.message).toBe(`'abc' is not an ID of a ${noun}`);
		expect(error?.description).toMatch(/^Enter the ID/);
		expect(error?.description).not.toMatch(/(path|query|body)\.|_id\b|uuid/i);
	});

	it('is named for a node of a job', async () => {
		const { outputs } = await node.run(runParameters({ waitForCompletion: true }), oneFile);
		await node.emulator.faults({ path: '/download$', ...reject(['query', 'node_id'], 'abc') });
		const parameters = jobParameters('getOutput', { options: { nodeId: 'abc' } });
		const { error } = await node.run(parameters, jsonItems(outputs[0][0].json));
		expect(error?.message).toBe("'abc' is not an ID of a node");
		expect(error?.description).toMatch(/'output_node_files'/);
	});
});

it.each([byId('My Invoices'), byId('My-Invoices')])(
	'an ID is rejected before the node runs if it can only be a name: %j',
	async (workflowId) => {
		const run = async () => await node.run(runParameters({ workflowId }), oneFile);
		await expect(run()).rejects.toThrow('Not an ID of a workflow');
		expect(await node.emulator.requests()).toEqual([]);
	},
);

it.each(FIELDS.filter(([what]) => !/of a new|of an updated|filter/.test(what)))(
	'an empty ID in %s is rejected before any request',
	async (_what, _noun, field) => {
		const { error } = await node.run(field('={{ "" }}'), oneFile);
		expect(error?.message).toMatch(/^(No [a-z ]+ is selected|'Job ID' is empty)$/);
		expect(await node.emulator.requests()).toEqual([]);
	},
);

it.each([
	['workflow', runParameters({ workflowId: byId('00000000-0000-4000-8000-000000000000') })],
	['template', of('template', 'get', { templateId: byId('no_such_template') })],
	['notification channel', of('notificationChannel', 'get', { channelId: byId('ep_0a1B2c') })],
	['source', newWorkflow({ sourceId: byId('00000000-0000-4000-8000-000000000000') })],
])('an ID of the right form is reported as not found: %s', async (noun, parameters) => {
	const { error } = await node.run(parameters, oneFile);
	expect(error?.message).toMatch(new RegExp(`^The ${noun} '\\S+' was not found$`));
});

describe('the key of a workflow', () => {
	const ID = '11111111-2222-4333-8444-555555555555';
	let job: string;
	beforeEach(async () => {
		await node.emulator.addWorkflows([{ id: ID, key: 'letters', name: 'Letters' }]);
		const endsIn = { first: 60, last: 60 };
		[job] = await node.emulator.addJobs({ count: 1, workflowId: ID, endsIn });
	});

	it('filters jobs like its ID', async () => {
		const filters = { workflow: byId('letters') };
		const { outputs } = await node.run(of('job', 'getAll', { filters }), jsonItems({}));
		expect(outputs[0].map(({ json }) => json.id)).toEqual([job]);
	});

	it('finds the active job like its ID', async () => {
		const options = { ifActive: 'attach' };
		const { outputs, error } = await node.run(
			runParameters({ workflowId: byId('letters'), options }),
			oneFile,
		);
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json.id)).toEqual([job]);
		expect(await node.emulator.requests('POST')).toEqual([]);
	});
});

it('runs the workflow of the entered ID, even if the server returns another one', async () => {
	const other = { id: '99999999-2222-4333-8444-555555555555', name: 'Other', sources: [] };
	const path = `/workflows/${LOCAL_FILES}$`;
	await node.emulator.faults({ method: 'GET', path, status: 200, body: other });
	const { error } = await node.run(runParameters(), oneFile);
	expect(error).toBeUndefined();
	const runs = await node.emulator.requests('POST', /\/run$/);
	expect(runs.map((request) => request.path)).toEqual([`/api/v1/workflows/${LOCAL_FILES}/run`]);
});
