import type { IDataObject } from 'n8n-workflow';
import { connectorPath } from '../../api/connectors';
import { connectorId, connectorLocator } from '../../fields/connector';
import { shown, showSecretsOptions } from '../../fields/showSecrets';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import type { ConnectorResource } from './config';

export const get = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Get',
		value: 'get',
		action: `Get ${kind.noun}`,
		description: `Retrieve a ${kind.noun} connector with its type and config`,
	},
	fields: [connectorLocator(kind), showSecretsOptions],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		const { json } = await call(ctx, connectorPath(kind, id), {
			subject: { noun: kind.noun, id },
			check: hasId,
		});
		results.add([itemIndex], shown(ctx, itemIndex, json as IDataObject));
	}),
});
