import type { IDataObject } from 'n8n-workflow';
import type { Answer, ApiContext } from '../transport/exchange';
import { hasId } from '../transport/pagination';
import { pathSegment } from '../transport/pathSegment';
import { call } from '../transport/request';

export const workflowPath = (id: string) => `/workflows/${pathSegment(id)}`;

/** Reads one workflow; the whole answer, because its `Date` header is the server's clock. Throws a NodeApiError. */
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
