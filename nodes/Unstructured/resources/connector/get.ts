import type { IDataObject } from 'n8n-workflow';
import { connectorId, connectorLocator, connectorPath } from '../../shared/connectors';
import { perItem, type Operation } from '../../shared/operation';
import { hasId } from '../../transport/pagination';
import { call } from '../../transport/request';
import { connectorOptions, shown, type ConnectorResource } from './config';

export const get = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Get',
		value: 'get',
		action: `Get a ${kind.noun}`,
		description: `Get a ${kind.noun} connector: its name, type and config`,
	},
	fields: [connectorLocator(kind), connectorOptions],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		const { json } = await call(ctx, connectorPath(kind, id), {
			subject: { noun: kind.noun, id },
			check: hasId,
		});
		results.add([itemIndex], shown(ctx, itemIndex, json as IDataObject));
	}),
});
