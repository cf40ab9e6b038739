import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { DESTINATION, listConnectors, SOURCE, type ConnectorKind } from '../api/connectors';
import { LOCAL } from '../fields/connector';
import { choices, isWanted, note, wantedText } from './choices';

/** A dropdown of connectors, searched by name, type, or ID. The API returns all of them at once (docs/api-notes.md 7.2). */
const search = (kind: ConnectorKind, withNone: boolean) =>
	async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		const noun = `list of ${kind.noun}s`;
		const rows = await listConnectors(this, kind);
		const connectors = choices(this, noun, rows, ({ type }) => note(type));
		connectors.sort((a, b) => a.name.localeCompare(b.name));
		const all = withNone ? [{ name: kind.none, value: LOCAL }, ...connectors] : connectors;
		return { results: all.filter(isWanted(wantedText(filter))) };
	};

export const searchSources = search(SOURCE, false);
export const searchSourcesOrNone = search(SOURCE, true);
export const searchDestinations = search(DESTINATION, false);
export const searchDestinationsOrNone = search(DESTINATION, true);
