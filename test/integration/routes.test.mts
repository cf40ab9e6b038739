import type { INodeProperties } from 'n8n-workflow';
import { readContract } from '../../local/emulator/http/contract.mjs';
import { built } from '../support/built.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { useNode } from '../support/node.mjs';
import { everyOperation } from '../support/operations.mjs';

/** Routes that no operation of the node reaches, each with the reason. */
const EXCEPTIONS: Array<{ routes: RegExp; reason: string }> = [
	{
		routes: /^[A-Z]+ \/notifications(\/mark-read|\/unread-count|\/\{notification_id\})?$/,
		reason:
			'The feed is another way to ask for events. Whether it has any without a channel is not documented, and its read marks belong to a person; jobs are listed instead.',
	},
];

interface Resource {
	option: { value: string };
	operations: ReadonlyMap<string, unknown>;
	properties: INodeProperties[];
}
const { resources } = built<{ resources: Resource[] }>('resources/index');

const node = useNode();
const file = filesAsItems([{ name: 'a.txt', data: 'a' }]);

/** The IDs that earlier operations have created. */
const made: Record<string, string> = {};
const id = (name: string) => made[name];

const ROWS = everyOperation(id);

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

/** The route of a request. A literal part of the path takes precedence over a parameter. */
const routeOf = ({ method, path }: { method: string; path: string }) =>
	routes
		.filter((route) => route.method === method && route.pattern.test(path))
		.sort((a, b) => Number(b.isLiteral) - Number(a.isLiteral))[0]?.name ?? `${method} ${path}`;

const isException = (name: string) => EXCEPTIONS.some((one) => one.routes.test(name));

it('lists every operation of the node', () => {
	const operations = resources.flatMap(({ option: { value }, operations }) =>
		[...operations.keys()].map((operation) => `${value} ${operation}`),
	);
	expect(sorted(ROWS.map(([resource, operation]) => `${resource} ${operation}`))).toEqual(
		sorted(operations),
	);
});

it('reaches every route of the contract except the exceptions', async () => {
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

it('has a route for every exception', () => {
	for (const { routes: pattern } of EXCEPTIONS) {
		expect(routes.filter(({ name }) => pattern.test(name))).not.toEqual([]);
	}
});
