import type { IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import { pause } from '../transport/cancel';
import { connect, type ApiContext } from '../transport/connection';
import { isRecord } from '../transport/json';
import { jobPath } from './jobs';

/** The calls per minute that the API allows for one job (docs/api-notes.md 5.6). */
const MOST_CALLS = 12;
const WINDOW_MS = 60_000;
/** A margin for clocks and networks. */
const MARGIN_MS = 500;

/** The times of the last calls for each job, in Unix milliseconds, for all executions of this n8n process. */
const calls = new Map<string, number[]>();

/** Reserves the next call within the limit. Returns its time in Unix milliseconds. */
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

/** Reads the status of each file of a job. Waits if the API would reject a further call. Throws a NodeApiError. */
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
