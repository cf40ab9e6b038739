import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { connectorPath } from '../../api/connectors';
import { connectorId, connectorLocator } from '../../fields/connector';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import {
	configFields,
	connectorOptions,
	isUntouched,
	readConfig,
	shown,
	typeField,
	type ConnectorResource,
} from './config';
import { secretsIn } from './secrets';

export const update = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Update',
		value: 'update',
		action: `Update a ${kind.noun}`,
		description: `Replace the whole config of a ${kind.noun}; its name and type can't be changed`,
	},
	fields: [
		connectorLocator(kind),
		typeField(
			kind.types,
			`The type of the ${kind.noun}, which can't be changed. It only decides what 'Config' is filled with.`,
		),
		...configFields(kind.types),
		connectorOptions,
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		const config = readConfig(ctx, itemIndex);
		if (isUntouched(config, kind.types)) {
			throw new NodeOperationError(ctx.getNode(), "'Config' is not filled in", {
				itemIndex,
				description: `Enter all settings of the ${kind.noun}: they replace those that it has`,
			});
		}
		const { json } = await call(ctx, connectorPath(kind, id), {
			method: 'PUT',
			body: { config },
			subject: { noun: kind.noun, id },
			hidden: secretsIn(config),
			check: hasId,
		});
		results.add([itemIndex], shown(ctx, itemIndex, json as IDataObject));
	}),
});
