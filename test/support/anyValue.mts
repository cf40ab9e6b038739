import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import {
	additionalData,
	core,
	makeNode,
	makeWorkflow,
	Unstructured,
	UnstructuredTrigger,
} from './n8n.mjs';
import { ID, KEY } from './willingServer.mjs';

const type = new Unstructured();
const { properties } = type.description;

const optionValues = ({ options }: INodeProperties) =>
	((options ?? []) as INodePropertyOptions[]).map(({ value }) => value);

/** An operation and its parameters in the description. */
export interface DescribedOperation {
	resource: string;
	operation: string;
	fields: INodeProperties[];
}

const isShownFor = ({ displayOptions }: INodeProperties, resource: string, operation: string) =>
	displayOptions?.show?.resource?.includes(resource) &&
	displayOptions.show.operation?.includes(operation);

/** Every operation of the description, so a new one is tested without a change here. */
export const describedOperations: DescribedOperation[] = properties
	.filter(({ name }) => name === 'operation')
	.flatMap((selector) => {
		const resources = (selector.displayOptions?.show?.resource ?? []) as string[];
		return resources.flatMap((resource) =>
			optionValues(selector).map((operation) => ({
				resource,
				operation: String(operation),
				fields: properties.filter((field) => isShownFor(field, resource, String(operation))),
			})),
		);
	});

/** A valid value, so the other parameters of the case are reached. */
function workingValue({ type: kind, name, default: preset }: INodeProperties): unknown {
	if (kind === 'resourceLocator') return { __rl: true, mode: 'id', value: ID };
	if (name === 'jobId') return '={{ $json.id }}';
	if (name === 'config') return '{"remote_url": "s3://other/"}';
	if (name === 'url') return 'https://example.com/hook';
	if (kind === 'string' && preset === '') return 'some text';
	return preset;
}

const NAMES_OF_JAVASCRIPT = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'];

/** Any result of an expression, except texts that look like words that no message may contain. */
const anything = fc.oneof(
	fc.constantFrom<unknown>(
		...[null, undefined, NaN, Infinity, -Infinity, -1, 0, 0.5, 1.5, 1e13, 1e308, true, false],
		...['', ' ', '\u200b', 'abc', '1', '-1', '1e3', 'true', 'FALSE', '{}', '[]', '[{}]', '{"a":'],
		...NAMES_OF_JAVASCRIPT,
		...[[], [[]], [null], {}, { a: 1 }, { value: null }, { value: {} }, [1, 'a', {}]],
		...[new Date(0), new Date(NaN), 10n, { big: 10n }],
		...[
			{ __rl: true, mode: 'url', value: {} },
			{ __rl: true, mode: 'constructor', value: 'a' },
		],
		...[{ __proto__: null, a: 1 }, { mimeType: 'text/plain' }, { mimeType: 'a', id: {} }],
	),
	fc.jsonValue({ maxDepth: 3 }),
	fc.double(),
	fc.string({ unit: 'binary', maxLength: 20 }),
);

const isHarmless = (value: unknown) =>
	typeof value !== 'string' || !/undefined|NaN|\[object|null|function/.test(value);

/** A value that a user can choose. */
const plausible = (field: INodeProperties): fc.Arbitrary<unknown> => {
	const values = optionValues(field);
	if (field.type === 'options') return fc.constantFrom<unknown>(...values);
	if (field.type === 'multiOptions') return fc.subarray(values as unknown[]);
	if (field.type === 'number') return fc.integer({ min: 1, max: 1000 });
	return fc.constant(workingValue(field));
};

const odd = anything.filter(isHarmless);

const made = new Map<INodeProperties, fc.Arbitrary<unknown>>();

/** Values for a field, most of them invalid. Created once, because creating takes longer than using them. */
function valueFor(field: INodeProperties): fc.Arbitrary<unknown> {
	const known = made.get(field) ?? makeValueFor(field);
	made.set(field, known);
	return known;
}

function makeValueFor(field: INodeProperties): fc.Arbitrary<unknown> {
	if (field.type === 'resourceLocator') {
		const mode = fc.constantFrom('id', 'list', 'url', 'none', 'constructor');
		const inside = fc.record({ __rl: fc.constant(true), mode, value: odd });
		return fc.oneof({ weight: 3, arbitrary: inside }, odd, plausible(field));
	}
	if (field.name === 'jobId') {
		// The API allows one call in five seconds for the files of a job, so no job may be used twice.
		const noText = odd.filter((value) => !['string', 'number'].includes(typeof value));
		return fc.oneof(noText, fc.constantFrom('', ' '), fc.uuid(), fc.string({ minLength: 12 }));
	}
	if (field.type !== 'collection') {
		return fc.oneof({ weight: 3, arbitrary: odd }, plausible(field));
	}
	const options = field.options as INodeProperties[];
	const filled = fc
		.subarray(options, { minLength: 1, maxLength: Math.min(3, options.length) })
		.chain((some) => fc.record(Object.fromEntries(some.map((one) => [one.name, valueFor(one)]))));
	return fc.oneof({ weight: 8, arbitrary: filled }, odd);
}

/** An operation with values for up to three of its parameters. */
export interface Case {
	resource: string;
	operation: string;
	changed: Record<string, unknown>;
	/** Whether the values come from an expression instead of a saved workflow. */
	byExpression: boolean;
}

export const anyCase: fc.Arbitrary<Case> = fc
	.constantFrom(...describedOperations.filter(({ fields }) => fields.length > 0))
	.chain(({ resource, operation, fields }) =>
		fc.subarray(fields, { minLength: 1, maxLength: Math.min(3, fields.length) }).chain((some) =>
			fc.record({
				resource: fc.constant(resource),
				operation: fc.constant(operation),
				changed: fc.record(Object.fromEntries(some.map((one) => [one.name, valueFor(one)]))),
				byExpression: fc.boolean(),
			}),
		),
	);

const FILE = { mimeType: 'text/plain', fileName: 'a.txt', data: 'aGVsbG8=' };

const nodes = new Map<string, ReturnType<typeof makeOne>>();

/** A workflow with one node. Each operation reuses its workflow, because creating one takes longer than running it. */
function makeOne(resource: string, operation: string, url: string) {
	const { fields } = describedOperations.find(
		(one) => one.resource === resource && one.operation === operation,
	)!;
	const parameters = {
		resource,
		operation,
		...Object.fromEntries(fields.map((field) => [field.name, workingValue(field)])),
	} as INodeParameters;
	const given = makeNode('Unstructured', 'unstructured', {
		parameters,
		credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
	});
	const workflow = makeWorkflow({ unstructured: type }, [given], {}, {});
	const node = workflow.getNode('Unstructured')!;
	const data = additionalData('1', { apiUrl: url, apiKey: KEY });
	return { workflow, node, data, parameters: { ...node.parameters, ...parameters } };
}

/** The result of the node and the number of its hints, or its error. */
export async function runCase(
	{ resource, operation, changed, byExpression }: Case,
	url: string,
): Promise<{ items: INodeExecutionData[]; hints: number } | { error: unknown }> {
	const key = `${resource} ${operation}`;
	const one = nodes.get(key) ?? makeOne(resource, operation, url);
	nodes.set(key, one);
	const { workflow, node, data } = one;
	const json: IDataObject = { id: randomUUID() };
	node.parameters = { ...structuredClone(one.parameters) };
	for (const [name, value] of Object.entries(changed)) {
		json[name] = value as IDataObject;
		node.parameters[name] = (byExpression ? `={{ $json["${name}"] }}` : value) as string;
	}
	const items: INodeExecutionData[] = [{ json, binary: { data: FILE }, pairedItem: { item: 0 } }];
	const main = [items];
	const context = new core.ExecuteContext(
		workflow,
		node,
		data,
		'manual',
		{ resultData: { runData: {} } } as never,
		0,
		items,
		{ main },
		{ node, data: { main }, source: null },
		[],
	);
	try {
		const outputs = (await type.execute!.call(context as never)) as INodeExecutionData[][];
		return { items: outputs.flat(), hints: context.hints.length };
	} catch (error) {
		return { error };
	}
}

/** The result of publishing a trigger with these parameters, or of opening a dropdown with this search text. */
export async function publishTrigger(
	parameters: Record<string, unknown>,
	url: string,
): Promise<{ done: unknown } | { error: unknown }> {
	const trigger = new UnstructuredTrigger();
	const given = makeNode('Trigger', 'trigger', {
		webhookId: 'hook',
		credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
	});
	const workflow = makeWorkflow({ trigger }, [given], {}, {});
	const node = workflow.getNode('Trigger')!;
	node.parameters = { ...node.parameters, ...(parameters as INodeParameters) };
	const data = additionalData('1', { apiUrl: url, apiKey: KEY }, {
		webhookBaseUrl: 'https://n8n.example.com/webhook',
	} as never);
	const context = new core.HookContext(workflow, node, data, 'trigger', 'activate');
	try {
		return { done: await trigger.webhookMethods!.default!.create.call(context as never) };
	} catch (error) {
		return { error };
	}
}

/** Any values for some of the trigger's parameters. */
export const anyTrigger: fc.Arbitrary<Record<string, unknown>> = fc.record(
	Object.fromEntries(
		new UnstructuredTrigger().description.properties
			.filter(({ type: kind }) => kind !== 'notice')
			.map((field) => [field.name, valueFor(field)]),
	),
	{ requiredKeys: [] },
);

export const PICKERS = Object.keys(type.methods!.listSearch!);

/** The text in a dropdown, its page token, and the other parameters of the node. */
export const anyPick = fc.record({
	picker: fc.constantFrom(...PICKERS),
	filter: odd,
	token: odd,
	scope: fc.oneof(fc.constant('workflow'), odd),
	workflowId: odd,
});

export async function openPicker(
	{
		picker,
		filter,
		token,
		scope,
		workflowId,
	}: typeof anyPick extends fc.Arbitrary<infer One> ? One : never,
	url: string,
): Promise<{ done: unknown } | { error: unknown }> {
	const node = makeNode('Unstructured', 'unstructured', {
		credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
	});
	const workflow = makeWorkflow({ unstructured: type }, [node], {}, {});
	const data = additionalData('1', { apiUrl: url, apiKey: KEY }, {
		currentNodeParameters: { scope, workflowId },
	} as never);
	const context = new core.LoadOptionsContext(workflow, node, data, '');
	try {
		const search = type.methods!.listSearch![picker];
		return { done: await search.call(context as never, filter as string, token as string) };
	} catch (error) {
		return { error };
	}
}
