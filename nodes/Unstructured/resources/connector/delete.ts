import { connectorPath } from '../../api/connectors';
import { connectorId, connectorLocator } from '../../fields/connector';
import { perItem } from '../../items/perItem';
import { remove } from '../../transport/call';
import type { Operation } from '../operation';
import type { ConnectorResource } from './config';

export const del = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Delete',
		value: 'delete',
		action: `Delete ${kind.noun}`,
		description: `Delete a ${kind.noun} connector permanently`,
	},
	fields: [connectorLocator(kind)],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		await remove(ctx, connectorPath(kind, id), { noun: kind.noun, id });
		results.add([itemIndex], { deleted: true });
	}),
});
