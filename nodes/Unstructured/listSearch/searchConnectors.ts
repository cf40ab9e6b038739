import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { DESTINATION, SOURCE, type ConnectorKind } from '../api/connectors';
import { LOCAL } from '../fields/connector';
import { call } from '../transport/call';
import { records } from '../transport/json';

/** A dropdown of connectors, by name, type or id. The API gives all of them at once (docs/api-notes.md 7.2). */
const search = ({ path, noun, none }: ConnectorKind, withNone: boolean) =>
	async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const { json } = await call(this, path, {
			subject: { noun: `list of ${noun}s` },
			check: Array.isArray,
		});
		const connectors = records(json)
			.map(({ id, name, type }) => ({
				name: `${String(name)} (${String(type)})`,
				value: String(id),
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
		const all = withNone ? [{ name: none, value: LOCAL }, ...connectors] : connectors;
		return {
			results: all.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
		};
	};

export const searchSources = search(SOURCE, false);
export const searchSourcesOrNone = search(SOURCE, true);
export const searchDestinations = search(DESTINATION, false);
export const searchDestinationsOrNone = search(DESTINATION, true);
