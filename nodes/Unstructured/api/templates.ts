import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { hasId, records } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';

export const TEMPLATES_PATH = '/templates/';

export const templatePath = (id: string) => `${TEMPLATES_PATH}${pathSegment(id)}`;

/** Reads all templates. The API does not page them (docs/api-notes.md 6.6). Throws a NodeApiError. */
export async function listTemplates(ctx: ApiContext): Promise<unknown[]> {
	const { json } = await call(ctx, TEMPLATES_PATH, {
		subject: { noun: 'list of templates' },
		check: Array.isArray,
	});
	return json as unknown[];
}

/** Reads a template with its nodes. Throws a NodeApiError. */
export async function readTemplate(ctx: ApiContext, id: string): Promise<IDataObject> {
	const { json } = await call(ctx, templatePath(id), {
		subject: { noun: 'template', id },
		check: hasId,
	});
	return json as IDataObject;
}

/**
 * Reads the nodes of a template for a new workflow: the API can't create a workflow from a template itself
 * (docs/api-notes.md 6.3). Throws a NodeApiError or NodeOperationError.
 */
export async function templateNodes(ctx: ApiContext, id: string): Promise<IDataObject[]> {
	const nodes = records((await readTemplate(ctx, id)).nodes);
	if (nodes.length === 0) {
		throw new NodeOperationError(ctx.getNode(), `The template '${id}' has no nodes`, {
			description: "Select another template, or set 'Create From' to 'Nodes (JSON)'.",
		});
	}
	// The new nodes get IDs of their own.
	return nodes.map((node) =>
		Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'id')),
	);
}
