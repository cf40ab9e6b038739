import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { isRecord } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';
import type { NamedRecord } from '../transport/subject';

/** Sources or destinations. Both are connectors of the same shape (docs/api-notes.md 7.1). */
export interface ConnectorKind {
	/** The value of the resource, and its noun in texts. */
	noun: 'source' | 'destination';
	title: 'Source' | 'Destination';
	/** The parameter with the ID of a connector. */
	idName: 'sourceId' | 'destinationId';
	path: '/sources/' | '/destinations/';
	/** The query parameter that filters a list. */
	typeQuery: 'source_type' | 'destination_type';
	/** The option for a workflow without a connector of this kind. */
	none: string;
}

export const SOURCE: ConnectorKind = {
	noun: 'source',
	title: 'Source',
	idName: 'sourceId',
	path: '/sources/',
	typeQuery: 'source_type',
	none: 'None (Files Come With the Run)',
};

export const DESTINATION: ConnectorKind = {
	noun: 'destination',
	title: 'Destination',
	idName: 'destinationId',
	path: '/destinations/',
	typeQuery: 'destination_type',
	none: 'None (Results Are Downloaded)',
};

/** Returns the connectors that the body or query of a workflow names, for error texts. */
export const connectorsIn = ({ source_id: source, destination_id: destination }: IDataObject) =>
	[
		{ noun: SOURCE.noun, id: source },
		{ noun: DESTINATION.noun, id: destination },
	].flatMap(({ noun, id }): NamedRecord[] => (typeof id === 'string' ? [{ noun, id }] : []));

export const connectorPath = ({ path }: ConnectorKind, id: string) => `${path}${pathSegment(id)}`;

/**
 * Reads all connectors, or those of a type. The API does not page them, and may reject one of its own types as a filter
 * (docs/api-notes.md 7.2). Throws a NodeApiError.
 */
export async function listConnectors(
	ctx: ApiContext,
	{ noun, path, typeQuery }: ConnectorKind,
	type = '',
): Promise<unknown[]> {
	const list = async (qs: IDataObject) => {
		const subject = { noun: `list of ${noun}s` };
		const { json } = await call(ctx, path, { qs, subject, check: Array.isArray });
		return json as unknown[];
	};
	if (!type) return await list({});
	try {
		return await list({ [typeQuery]: type });
	} catch (error) {
		if (!(error instanceof NodeApiError) || error.httpCode !== '422') throw error as Error;
		return (await list({})).filter((row) => isRecord(row) && row.type === type);
	}
}
