import { DESTINATION, SOURCE, type ConnectorKind } from '../../api/connectors';
import { defineResource, type Resource } from '../operation';
import { DESTINATION_TYPES, SOURCE_TYPES, type ConnectorType } from './catalog';
import { checkConnection } from './checkConnection';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

/** The resource for sources or for destinations. */
function connectorResource(
	kind: ConnectorKind,
	types: ConnectorType[],
	option: Pick<Resource['option'], 'name' | 'description'>,
) {
	const resource = { ...kind, types };
	const operations = [create, get, getMany, update, del, checkConnection];
	return defineResource(
		{ ...option, value: kind.noun },
		operations.map((make) => make(resource)),
		'getAll',
	);
}

export const source = connectorResource(SOURCE, SOURCE_TYPES, {
	name: 'Source',
	description: 'A connector that Unstructured reads documents from, e.g. an S3 bucket',
});
export const destination = connectorResource(DESTINATION, DESTINATION_TYPES, {
	name: 'Destination',
	description: 'A connector that Unstructured writes results to, e.g. a vector store',
});
