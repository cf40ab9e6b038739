import type { IDataObject } from 'n8n-workflow';
import { connectorPath } from '../../api/connectors';
import { connectorId, connectorLocator } from '../../fields/connector';
import { shown, showSecretsOptions } from '../../fields/showSecrets';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import { configFields, readConfig, typeField, type ConnectorResource } from './config';

export const update = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Update',
		value: 'update',
		action: `Update ${kind.noun}`,
		description: `Update the config of a ${kind.noun} connector`,
	},
	fields: [
		connectorLocator(kind),
		typeField(
			kind.types,
			`The type of the ${kind.noun}. It can't be changed, and only fills 'Config' with the keys of that type.`,
		),
		...configFields(kind),
		showSecretsOptions,
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		const config = readConfig(ctx, itemIndex, kind);
		const { json } = await call(ctx, connectorPath(kind, id), {
			method: 'PUT',
			body: { config },
			subject: { noun: kind.noun, id },
			check: hasId,
		});
		results.add([itemIndex], shown(ctx, itemIndex, json as IDataObject));
	}),
});
