import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { shownRecord } from '../api/shownRecord';
import { holdsMask } from '../transport/secrets';
import { optionsField } from './list';
import { parametersOf } from './parameters';

const showSecretsField: INodeProperties = {
	displayName: 'Show Secrets',
	name: 'showSecrets',
	type: 'boolean',
	default: true,
	description:
		'Whether to return keys, passwords, and tokens. If off, they are replaced by asterisks.',
};

/** Options of an operation that returns records with secrets. */
export const showSecretsOptions = optionsField(showSecretsField);

/** A record with its secrets masked, unless 'Show Secrets' is on. */
export function shown(ctx: IExecuteFunctions, itemIndex: number, record: IDataObject): IDataObject {
	const options = parametersOf(ctx, itemIndex).in(showSecretsOptions);
	return options.isOn(showSecretsField) ? record : shownRecord(record);
}

/**
 * Throws a NodeOperationError for this item if a secret is masked with asterisks: sent back, the asterisks would become the
 * secret.
 * @param name label of the parameter
 * @param from the operation whose output has the asterisks
 */
export function refuseMask(
	ctx: IExecuteFunctions,
	itemIndex: number,
	name: string,
	value: unknown,
	from?: string,
) {
	if (!holdsMask(value)) return;
	throw new NodeOperationError(ctx.getNode(), `'${name}' contains asterisks in place of a secret`, {
		itemIndex,
		description: `Enter the secret.${from ? ` If the value comes from '${from}', turn on 'Show Secrets' in the options of that node.` : ''}`,
	});
}
