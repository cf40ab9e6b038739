import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, IConnections } from 'n8n-workflow';
import type { CredentialReference } from './credentials.mjs';
import { REPOSITORY } from './paths.mjs';
import type { N8nApi } from './rest.mjs';

export interface Example {
	/** Fixed in the file, so a later start finds the workflow that an earlier one imported. */
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: Record<string, unknown>;
}

/** The credential for the nodes of the examples, by credential type. */
export type Wiring = Record<string, CredentialReference>;

const FOLDER = join(REPOSITORY, 'examples');

/** Returns the names of the example files. The one to run comes first. */
export async function exampleFiles(): Promise<string[]> {
	const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	return files.sort((a, b) => Number(b === FIRST_EXAMPLE) - Number(a === FIRST_EXAMPLE));
}

/** The example that `npm start` runs. */
export const FIRST_EXAMPLE = 'run-and-switch.json';

export async function readExample(file: string): Promise<Example> {
	return JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as Example;
}

/** Adds the IDs of credentials, which the files don't contain. Omits credentials that do not exist. */
export function wire(example: Example, wiring: Wiring): Example {
	const nodes = example.nodes.map((node) => {
		const known = Object.keys(node.credentials ?? {}).filter((type) => wiring[type]);
		return { ...node, credentials: Object.fromEntries(known.map((type) => [type, wiring[type]])) };
	});
	return { ...example, nodes };
}

/**
 * Creates the workflow of an example, unless it exists: the user may have edited it.
 * @returns whether it was created
 */
export async function importExample(
	api: N8nApi,
	example: Example,
	wiring: Wiring,
): Promise<boolean> {
	const existing = await api.call<Array<{ id: string }>>('GET', '/workflows');
	if (existing.some(({ id }) => id === example.id)) return false;
	await api.call('POST', '/workflows', wire(example, wiring));
	return true;
}
