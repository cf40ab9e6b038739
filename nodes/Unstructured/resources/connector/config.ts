import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { ConnectorKind } from '../../api/connectors';
import { refuseMask } from '../../fields/showSecrets';
import { parseJson } from '../../items/values';
import { isRecord } from '../../transport/json';
import { isExample, skeletonOf, type ConnectorType } from './catalog';

export const OTHER = 'other';

/** A kind of connector and its types. */
export interface ConnectorResource extends ConnectorKind {
	types: ConnectorType[];
}

export const typeOptions = (types: ConnectorType[]) =>
	types.map(({ name, value }) => ({ name, value }));

const withOther = (types: ConnectorType[]) => [
	...typeOptions(types),
	{ name: 'Other', value: OTHER, description: "A type that isn't in this list" },
];

/** Chooses one of the known types, or another one. */
export const typeField = (types: ConnectorType[], description: string): INodeProperties => ({
	displayName: 'Type',
	name: 'connectorType',
	type: 'options',
	// With an expression for the type, n8n would show the configs of all types.
	noDataExpression: true,
	default: 's3',
	options: withOther(types),
	description,
});

const docs = ({ noun }: ConnectorKind, page: string, text: string) =>
	`<a href="https://docs.unstructured.io/api-reference/workflow/${noun}s/${page}" target="_blank">${text}</a>`;

/** Lists each key with its value, such as `remote_url (s3://your-bucket/folder/)`. */
const listed = (keys: IDataObject) =>
	Object.entries(keys)
		.map(([key, value]) => {
			const example = typeof value === 'string' ? value : JSON.stringify(value);
			return `<code>${key}</code> (${example})`;
		})
		.join(', ');

function hintOf(kind: ConnectorKind, { name, page, required, optional }: ConnectorType): string {
	const parts = [
		Object.keys(required).length > 0 && `<b>Required:</b> ${listed(required)}.`,
		Object.keys(optional).length > 0 && `<b>Optional:</b> ${listed(optional)}.`,
		`${docs(kind, page, `${name} in Unstructured's docs`)}`,
	];
	return parts.filter(Boolean).join(' ');
}

const configField = (
	type: string,
	config: IDataObject,
	{ hint, placeholders }: { hint: string; placeholders: boolean },
): INodeProperties => ({
	displayName: 'Config',
	name: 'config',
	type: 'json',
	required: true,
	displayOptions: { show: { connectorType: [type] } },
	default: JSON.stringify(config, null, 2),
	description: placeholders
		? "The settings of the connector as JSON. Replace the example values, and remove the optional keys that you don't need. Empty values aren't sent."
		: 'The settings of the connector as JSON',
	hint,
});

/** A config for each type, with the keys of that type. */
export const configFields = (kind: ConnectorResource): INodeProperties[] => [
	...kind.types.map((type) =>
		configField(type.value, skeletonOf(type), {
			hint: hintOf(kind, type),
			placeholders: Object.keys(type.required).length > 0,
		}),
	),
	configField(
		OTHER,
		{},
		{
			hint: docs(kind, 'overview', "Connectors in Unstructured's docs"),
			placeholders: false,
		},
	),
];

const isEmpty = (value: unknown) => typeof value === 'string' && value.trim() === '';

const withoutEmpty = (config: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value))) as IDataObject;

/** The keys that still have their example values. */
function exampleKeys(config: IDataObject, types: ConnectorType[]): string[] {
	const examples = new Set(
		types
			.flatMap(({ required, optional }) => Object.entries({ ...optional, ...required }))
			.filter(([, value]) => isExample(value))
			.map((entry) => JSON.stringify(entry)),
	);
	const isLeft = (entry: [string, unknown]) => examples.has(JSON.stringify(entry));
	return Object.entries(config)
		.filter(isLeft)
		.map(([key]) => key);
}

/** Reads 'Config'. Throws a NodeOperationError for this item that quotes no value of it. */
export function readConfig(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ title, types }: ConnectorResource,
): IDataObject {
	const refusal = (message: string, description: string) =>
		new NodeOperationError(ctx.getNode(), message, { itemIndex, description });
	const parsed = parseJson(ctx.getNodeParameter('config', itemIndex, '') as unknown);
	if ('reason' in parsed || !isRecord(parsed.json)) {
		const reason = 'reason' in parsed ? parsed.reason : 'it is not an object';
		throw refusal(
			`'Config' can't be used: ${reason}`,
			'Enter a JSON object like {"remote_url": "s3://bucket/folder/", "key": "...", "secret": "..."}.',
		);
	}
	const config = withoutEmpty(parsed.json);
	const left = exampleKeys(config, types);
	if (left.length > 0) {
		throw refusal(
			`'Config' still contains example values: ${left.map((key) => `'${key}'`).join(', ')}`,
			"Replace them with your own values, and remove the optional keys that you don't need.",
		);
	}
	if (Object.keys(config).length === 0) {
		throw refusal(
			"'Config' is empty",
			"Enter the settings of the connector. Unstructured's docs list the keys of its type.",
		);
	}
	refuseMask(ctx, itemIndex, 'Config', config, `${title}: Get`);
	return config;
}
