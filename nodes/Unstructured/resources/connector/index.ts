import type { ConnectorKind } from '../../shared/connectors';
import { defineResource } from '../../shared/operation';
import { checkConnection } from './checkConnection';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import type { ConnectorType } from './types';
import { update } from './update';

/** The resource for one of the two ends of a workflow. */
export function connectorResource(kind: ConnectorKind, types: ConnectorType[]) {
	const resource = { ...kind, types };
	const operations = [checkConnection, create, del, get, getMany, update];
	return defineResource(
		kind.noun,
		operations.map((make) => make(resource)),
		'getAll',
	);
}
