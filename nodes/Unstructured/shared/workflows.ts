import type { IDataObject } from 'n8n-workflow';
import type { Answer, ApiContext } from '../transport/exchange';
import { call } from '../transport/request';

const isWorkflow = (json: unknown) =>
	typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string';

/** Reads one workflow; the whole answer, because its `Date` header is the server's clock. Throws a NodeApiError. */
export async function readWorkflow(
	ctx: ApiContext,
	id: string,
): Promise<Answer & { json: IDataObject }> {
	const answer = await call(ctx, `/workflows/${encodeURIComponent(id)}`, {
		subject: { noun: 'workflow', id },
		check: isWorkflow,
	});
	return { ...answer, json: answer.json as IDataObject };
}
