import { connectorId, connectorLocator, connectorPath } from '../../shared/connectors';
import { perItem, type Operation } from '../../shared/operation';
import { remove } from '../../transport/request';
import type { ConnectorResource } from './config';

export const del = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Delete',
		value: 'delete',
		action: `Delete a ${kind.noun}`,
		description: `Delete a ${kind.noun} connector for good`,
	},
	fields: [connectorLocator(kind)],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		await remove(ctx, connectorPath(kind, id), { noun: kind.noun, id });
		results.add([itemIndex], { deleted: true });
	}),
});
