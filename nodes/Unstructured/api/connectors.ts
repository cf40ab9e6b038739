import { pathSegment } from '../transport/pathSegment';

/** One of the two ends of a workflow. Both are connectors of the same shape (docs/api-notes.md 7.1). */
export interface ConnectorKind {
	/** The resource's value, and the noun of its texts. */
	noun: 'source' | 'destination';
	title: 'Source' | 'Destination';
	/** The parameter that names one. */
	idName: 'sourceId' | 'destinationId';
	path: '/sources/' | '/destinations/';
	/** The query parameter that filters a list. */
	typeQuery: 'source_type' | 'destination_type';
	/** What a workflow without one does. */
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

export const connectorPath = ({ path }: ConnectorKind, id: string) => `${path}${pathSegment(id)}`;
