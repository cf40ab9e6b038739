import type { IDataObject } from 'n8n-workflow';
import type { Answer, ApiContext } from '../transport/exchange';
import { pathSegment } from '../transport/pathSegment';
import { call } from '../transport/request';

export const workflowPath = (id: string) => `/workflows/${pathSegment(id)}`;

const isWorkflow = (json: unknown) =>
	typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string';

/** Reads one workflow; the whole answer, because its `Date` header is the server's clock. Throws a NodeApiError. */
export async function readWorkflow(
	ctx: ApiContext,
	id: string,
): Promise<Answer & { json: IDataObject }> {
	const answer = await call(ctx, workflowPath(id), {
		subject: { noun: 'workflow', id },
		check: isWorkflow,
	});
	return { ...answer, json: answer.json as IDataObject };
}
