const isNode = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	['name', 'type', 'subtype'].every(
		(key) => typeof (value as Record<string, unknown>)[key] === 'string',
	);

/** The list, also from inside an object that was copied whole from the documentation or from a workflow. */
function listIn(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const { job_nodes: job, workflow_nodes: workflow } = value as Record<string, unknown>;
	return job ?? workflow ?? value;
}

/**
 * Reads the nodes of a workflow from a JSON parameter: text, or what an expression gave. Types and settings are the
 * platform's affair; only the shape is checked (unstructured-api.md 5.1).
 */
export function parseNodes(value: unknown): { nodes: unknown[] } | { reason: string } {
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch (error) {
			return { reason: (error as Error).message };
		}
	}
	const nodes = listIn(parsed);
	if (!Array.isArray(nodes) || nodes.length === 0)
		return { reason: 'there is no array with nodes' };
	const wrong = nodes.findIndex((node) => !isNode(node));
	if (wrong === -1) return { nodes };
	return { reason: `node ${wrong + 1} needs a name, a type and a subtype` };
}
