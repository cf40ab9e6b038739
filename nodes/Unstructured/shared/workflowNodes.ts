import { isRecord } from '../transport/errors';
import { parseJson } from './json';

/** What keeps a value from being a node; undefined when nothing does. */
function flaw(node: unknown): string | undefined {
	const named = (key: string) =>
		isRecord(node) && typeof node[key] === 'string' && node[key] !== '';
	if (!['name', 'type', 'subtype'].every(named)) return 'needs a name, a type and a subtype';
	const { settings } = node as Record<string, unknown>;
	const hasSettings = settings !== undefined && settings !== null;
	return hasSettings && !isRecord(settings) ? 'has settings that are not an object' : undefined;
}

/** The list, also from inside an object that was copied whole from the documentation or from a workflow. */
function listIn(value: unknown): unknown {
	if (!isRecord(value)) return value;
	return value.job_nodes ?? value.workflow_nodes ?? value.nodes ?? value;
}

/**
 * Reads the nodes of a workflow from a JSON parameter: text, or what an expression gave. Types and settings are the
 * platform's affair; only the shape is checked (unstructured-api.md 5.1).
 */
export function parseNodes(value: unknown): { nodes: unknown[] } | { reason: string } {
	const parsed = parseJson(value);
	if ('reason' in parsed) return parsed;
	const nodes = listIn(parsed.json);
	if (!Array.isArray(nodes) || nodes.length === 0)
		return { reason: 'there is no array with nodes' };
	const flaws = nodes.map(flaw);
	const wrong = flaws.findIndex((one) => one !== undefined);
	if (wrong === -1) return { nodes };
	return { reason: `node ${wrong + 1} ${flaws[wrong]}` };
}
