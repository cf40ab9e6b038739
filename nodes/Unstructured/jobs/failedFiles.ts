import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../transport/errors';
import type { ApiContext } from '../transport/exchange';
import { records } from '../transport/pagination';
import { call } from '../transport/request';
import { jobPath } from './job';

const hasList = (json: unknown) => isRecord(json) && Array.isArray(json.failed_files);

/** The files of a job that failed, as the API gives them: `document` and `error`. Empty when none did. */
export async function readFailedFiles(ctx: ApiContext, id: string): Promise<IDataObject[]> {
	const { json } = await call(ctx, `${jobPath(id)}/failed-files`, {
		subject: { noun: 'job', id },
		check: hasList,
	});
	return records((json as { failed_files: unknown }).failed_files);
}
