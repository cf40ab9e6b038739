import type { IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import { pause } from '../transport/cancel';
import { connect, type ApiContext } from '../transport/connection';
import { isRecord } from '../transport/json';
import { jobPath } from './jobs';

/** Calls for one job within a minute (docs/api-notes.md 5.6). */
const MOST_CALLS = 12;
const WINDOW_MS = 60_000;
/** Clocks and networks want a little more. */
const MARGIN_MS = 500;

/** When the last calls for each job were made, in Unix milliseconds, for all executions of this n8n process. */
const calls = new Map<string, number[]>();

/** Takes the next place within the limit, and says when it is. */
function takePlace(key: string): number {
	const now = Date.now();
	for (const [other, times] of calls) {
		if (times.at(-1)! < now - WINDOW_MS) calls.delete(other);
	}
	const times = calls.get(key) ?? [];
	const first = times.at(-MOST_CALLS);
	const at = first === undefined ? now : Math.max(now, first + WINDOW_MS + MARGIN_MS);
	calls.set(key, [...times.slice(1 - MOST_CALLS), at]);
	return at;
}

const hasFiles = (json: unknown) => isRecord(json) && Array.isArray(json.files);

/** How far each file of a job is. Waits where the API would refuse a further call. Throws a NodeApiError. */
export async function readFileStatus(ctx: ApiContext, id: string): Promise<IDataObject> {
	const { baseUrl } = await connect(ctx);
	const key = `${baseUrl} ${id}`;
	await pause(ctx, takePlace(key) - Date.now());
	const { json } = await call(ctx, `${jobPath(id)}/file-status`, {
		subject: { noun: 'job', id },
		check: hasFiles,
		// The API counts these calls as well.
		onRetry: () => takePlace(key),
	});
	return json as IDataObject;
}
