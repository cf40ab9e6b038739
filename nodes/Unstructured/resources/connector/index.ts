import { DESTINATION, SOURCE, type ConnectorKind } from '../../api/connectors';
import { defineResource } from '../operation';
import { DESTINATION_TYPES, SOURCE_TYPES, type ConnectorType } from './catalog';
import { checkConnection } from './checkConnection';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

/** The resource for one of the two ends of a workflow. */
function connectorResource(kind: ConnectorKind, types: ConnectorType[]) {
	const resource = { ...kind, types };
	const operations = [checkConnection, create, del, get, getMany, update];
	return defineResource(
		kind.noun,
		operations.map((make) => make(resource)),
		'getAll',
	);
}

export const source = connectorResource(SOURCE, SOURCE_TYPES);
export const destination = connectorResource(DESTINATION, DESTINATION_TYPES);
