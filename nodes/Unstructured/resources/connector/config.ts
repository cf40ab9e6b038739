import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { ConnectorKind } from '../../api/connectors';
import { optionsField } from '../../fields/list';
import { isTrue, parseJson } from '../../items/values';
import { isRecord } from '../../transport/json';
import type { ConnectorType } from './catalog';
import { holdsMask, maskSecrets } from './secrets';

export const OTHER = 'other';

export const typeOptions = (types: ConnectorType[]) =>
	types.map(({ name, value }) => ({ name, value }));

const withOther = (types: ConnectorType[]) => [
	...typeOptions(types),
	{ name: 'Other', value: OTHER, description: 'A type that is not in this list' },
];

/** The types that are known, and a place for another one. */
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

/** A config for each type, filled with what that type needs. */
export const configFields = (types: ConnectorType[]) =>
	[...types, { value: OTHER, config: {} }].map(
		({ value, config }): INodeProperties => ({
			displayName: 'Config',
			name: 'config',
			type: 'json',
			required: true,
			displayOptions: { show: { connectorType: [value] } },
			default: JSON.stringify(config, null, 2),
			description:
				'The settings of the connector as JSON, filled with what this type needs. Texts that are left empty are not sent.',
		}),
	);

const isEmpty = (value: unknown) => typeof value === 'string' && value.trim() === '';

const filled = (config: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value))) as IDataObject;

/** Reads 'Config', whole. Throws a NodeOperationError for this item that quotes nothing of it. */
export function readConfig(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const refusal = (message: string, description: string) =>
		new NodeOperationError(ctx.getNode(), message, { itemIndex, description });
	const parsed = parseJson(ctx.getNodeParameter('config', itemIndex, '') as unknown);
	if ('reason' in parsed || !isRecord(parsed.json)) {
		const reason = 'reason' in parsed ? parsed.reason : 'it is not an object';
		throw refusal(
			`'Config' can't be used: ${reason}`,
			'It must be a JSON object like {"remote_url": "s3://bucket/folder/", "key": "…", "secret": "…"}',
		);
	}
	if (holdsMask(parsed.json)) {
		throw refusal(
			"'Config' holds asterisks in place of a secret",
			"Enter the secret. If the config comes from an Unstructured node, turn on 'Show Secrets' in its options",
		);
	}
	return filled(parsed.json);
}

/** Whether it is what the node fills in for a type, and nobody has changed it. */
export const isUntouched = (config: IDataObject, types: ConnectorType[]) =>
	[{}, ...types.map((type) => type.config)].some(
		(skeleton) => JSON.stringify(filled(skeleton)) === JSON.stringify(config),
	);

const showSecretsOption: INodeProperties = {
	displayName: 'Show Secrets',
	name: 'showSecrets',
	type: 'boolean',
	default: false,
	description:
		'Whether to give out keys, passwords and tokens in "config" as they are. Otherwise asterisks stand in their place.',
};

/** Options of every operation that gives out connectors. */
export const connectorOptions: INodeProperties = optionsField(showSecretsOption);

/** A connector as it is given out. */
export function shown(ctx: IExecuteFunctions, itemIndex: number, connector: IDataObject) {
	const { showSecrets } = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	if (isTrue(showSecrets) || connector.config === undefined) return connector;
	return { ...connector, config: maskSecrets(connector.config) } as IDataObject;
}

/** A kind of connector with the types that it may have. */
export interface ConnectorResource extends ConnectorKind {
	types: ConnectorType[];
}
