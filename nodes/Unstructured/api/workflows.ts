import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../transport/answer';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { hasId } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';

export const workflowPath = (id: string) => `/workflows/${pathSegment(id)}`;

/** Reads one workflow. Returns the whole response, because its `Date` header shows the server's time. Throws a NodeApiError. */
export async function readWorkflow(
	ctx: ApiContext,
	id: string,
): Promise<Answer & { json: IDataObject }> {
	const answer = await call(ctx, workflowPath(id), {
		subject: { noun: 'workflow', id },
		check: hasId,
	});
	return { ...answer, json: answer.json as IDataObject };
}
