import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { readContract } from '../../local/emulator/contract.mjs';
import { built } from '../support/built.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { byId, LOCAL_FILES, useNode } from '../support/node.mjs';

/** Routes that no operation of the node reaches, each with the reason. */
const EXCEPTIONS: Array<{ routes: RegExp; reason: string }> = [
	{
		routes: /^[A-Z]+ \/notifications(\/mark-read|\/unread-count|\/\{notification_id\})?$/,
		reason:
			'The feed is another way to ask for events. Whether it has any without a channel is not documented, and its read marks belong to a person; jobs are listed instead.',
	},
];

interface Resource {
	value: string;
	operations: ReadonlyMap<string, unknown>;
	properties: INodeProperties[];
}
const { resources } = built<{ resources: Resource[] }>('resources/index');

const node = useNode();
const file = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const nodes = JSON.stringify([{ name: 'P', type: 'partition', subtype: 'vlm' }]);

/** Ids of what earlier operations have made. */
const made: Record<string, string> = {};
const id = (name: string) => made[name];

const ofConnector = (resource: string, idName: string): Row[] => {
	const chosen = () => ({ [idName]: byId(id(resource)) });
	return [
		[resource, 'create', () => ({ name: 'New', config: '{"remote_url": "s3://bucket/"}' })],
		[resource, 'get', chosen],
		[resource, 'getAll', () => ({})],
		[resource, 'update', () => ({ ...chosen(), config: '{"remote_url": "s3://other/"}' })],
		[resource, 'checkConnection', () => ({ ...chosen(), options: { pollInterval: 0.1 } })],
		[resource, 'delete', chosen],
	];
};
const ofChannel = (scope: 'workspace' | 'workflow'): Row[] => {
	const scoped = { scope, ...(scope === 'workflow' && { workflowId: byId(LOCAL_FILES) }) };
	const chosen = () => ({ ...scoped, channelId: byId(id('notificationChannel')) });
	const recipientEmail = 'somebody@example.com';
	return [
		[
			'notificationChannel',
			'create',
			() => ({ ...scoped, channelType: 'email', recipientEmail, events: ['job.failed'] }),
		],
		['notificationChannel', 'get', chosen],
		['notificationChannel', 'getAll', () => scoped],
		['notificationChannel', 'verify', () => ({ ...chosen(), verificationCode: '123456' })],
		['notificationChannel', 'update', () => ({ ...chosen(), updateFields: { enabled: false } })],
		['notificationChannel', 'delete', chosen],
	];
};
const job = () => ({ jobId: id('job'), options: { pollInterval: 0.1 } });
const workflow = () => ({ workflowId: byId(id('workflow')) });

/** Resource, operation, and what the person fills in. */
type Row = [string, string, () => INodeParameters];

/** Every operation of the node, in an order in which each finds what it needs. */
const ROWS: Row[] = [
	...ofConnector('source', 'sourceId'),
	...ofConnector('destination', 'destinationId'),
	...ofChannel('workspace'),
	...ofChannel('workflow'),
	['template', 'getAll', () => ({})],
	['template', 'get', () => ({ templateId: byId('hi_res_partition') })],
	['workflow', 'create', () => ({ name: 'New', definition: 'nodes', workflowNodes: nodes })],
	['workflow', 'get', workflow],
	['workflow', 'getAll', () => ({})],
	['workflow', 'update', () => ({ ...workflow(), updateFields: { name: 'Newer' } })],
	['workflow', 'delete', workflow],
	['workflow', 'run', () => ({ workflowId: byId(LOCAL_FILES) })],
	['job', 'create', () => ({ templateId: byId('hi_res_partition') })],
	['job', 'get', job],
	['job', 'getAll', () => ({})],
	['job', 'wait', job],
	['job', 'getDetails', job],
	['job', 'getFailedFiles', job],
	['job', 'getOutput', () => ({ jobId: id('job'), outputFormat: 'file' })],
	['job', 'cancel', job],
];

const sorted = (lines: Iterable<string>) => [...new Set(lines)].sort();

/** `GET /jobs/{job_id}` and so on, with a pattern for the path of a request. */
const routes = Object.entries(readContract().paths).flatMap(([path, item]) =>
	Object.keys(item)
		.filter((method) => method !== 'parameters')
		.map((method) => ({
			name: `${method.toUpperCase()} ${path}`,
			method: method.toUpperCase(),
			pattern: new RegExp(`^/api/v1${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
			isLiteral: !path.includes('{'),
		})),
);

/** The route that a request has gone to; a word in the path goes before a parameter. */
const routeOf = ({ method, path }: { method: string; path: string }) =>
	routes
		.filter((route) => route.method === method && route.pattern.test(path))
		.sort((a, b) => Number(b.isLiteral) - Number(a.isLiteral))[0]?.name ?? `${method} ${path}`;

const isException = (name: string) => EXCEPTIONS.some((one) => one.routes.test(name));

it('lists every operation of the node', () => {
	const operations = resources.flatMap(({ value, operations }) =>
		[...operations.keys()].map((operation) => `${value} ${operation}`),
	);
	expect(sorted(ROWS.map(([resource, operation]) => `${resource} ${operation}`))).toEqual(
		sorted(operations),
	);
});

it('reaches every route of the contract but the exceptions', async () => {
	for (const [resource, operation, parameters] of ROWS) {
		const { error, outputs } = await node.run({ resource, operation, ...parameters() }, file);
		expect([resource, operation, error?.message]).toEqual([resource, operation, undefined]);
		if (operation === 'create') made[resource] = outputs[0][0].json.id as string;
	}
	const reached = sorted((await node.emulator.requests()).map(routeOf));
	const wanted = routes.map(({ name }) => name).filter((name) => !isException(name));
	expect(wanted.length).toBeGreaterThan(20);
	expect(reached).toEqual(sorted(wanted));
}, 60_000);

it('has no exception without a route', () => {
	for (const { routes: pattern } of EXCEPTIONS) {
		expect(routes.filter(({ name }) => pattern.test(name))).not.toEqual([]);
	}
});
