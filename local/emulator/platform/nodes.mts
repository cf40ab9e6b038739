import { createHash } from 'node:crypto';

export interface WorkflowNode {
	id?: string | null;
	name: string;
	type: string;
	subtype: string;
	settings?: Record<string, unknown> | null;
}

/** The node of a workflow that was created without nodes. */
export const PARTITION: WorkflowNode = {
	name: 'Partitioner',
	type: 'partition',
	subtype: 'vlm',
	settings: {},
};

/** A node as a workflow lists it. */
export type IdentifiedNode = WorkflowNode & { id: string };

/** Returns the same UUID for the same workflow, position, and name, even after a reset. */
function nodeId(workflowId: string, position: number, name: string): string {
	const hash = createHash('sha256').update(`${workflowId}/${position}/${name}`).digest('hex');
	return hash.replace(
		/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/,
		(_, a: string, b: string, c: string, d: string, e: string) => `${a}-${b}-4${c}-8${d}-${e}`,
	);
}

/** Adds IDs to the nodes that have none. */
export const withIds = (workflowId: string, nodes: WorkflowNode[]): IdentifiedNode[] =>
	nodes.map((node, position) => ({
		...node,
		id: node.id ?? nodeId(workflowId, position, node.name),
	}));
