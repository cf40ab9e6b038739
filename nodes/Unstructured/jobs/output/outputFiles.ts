import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { sameFiles, shownNames } from '../../api/fileIds';
import { getJob, ifAvailable, mergeJob, readFailedFiles, type Job } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import { isRecord } from '../../transport/json';
import { chosenFileIds } from './chosenFileIds';

/** One file of a job whose output is wanted. */
export interface OutputFile {
	jobId: string;
	fileId: string;
	/** The name under which the file was uploaded, as far as its ID tells. */
	fileName: string;
	/** Whether `fileName` is certain. Otherwise the elements may contain a better name. */
	isNameKnown?: boolean;
	/** Why the file failed, if it did. */
	failure?: string;
	/** The IDs that the job names, if this one is not among them. */
	listed?: string[];
	/** The workflow node whose output is returned; undefined for the last one. */
	nodeId?: string;
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function fileIdsOf({ input_file_ids: inputs, output_node_files: outputs }: Job): string[] {
	if (strings(inputs).length > 0) return strings(inputs);
	const rows: unknown[] = Array.isArray(outputs) ? outputs : [];
	return [...new Set(rows.filter(isRecord).map((row) => String(row.file_id)))];
}

/** Returns the reason for each failed file. A name that fits several files is ignored: their downloads will fail. */
function failures(fileIds: string[], failed: IDataObject[]): Map<string, string> {
	const reasons = new Map<string, string>();
	for (const { document, error } of failed) {
		const name = String(document).split(/[/\\]/).at(-1) ?? '';
		const named = fileIds.filter((fileId) => sameFiles([fileId], [name]));
		const found = fileIds.includes(name) ? name : named.length === 1 ? named[0] : undefined;
		if (found) reasons.set(found, String(error ?? 'No reason was given'));
	}
	return reasons;
}

/**
 * Returns the files of a job. Throws a NodeApiError or NodeOperationError if the job is not finished, or names no files.
 * @param known the job in the input item: an earlier response may name files that a later one omits
 * @param wanted file IDs as entered, see `chosenFileIds`; empty for all files
 */
export async function outputFiles(
	ctx: IExecuteFunctions,
	id: string,
	known: Job | undefined,
	wanted: { fileIds?: unknown; nodeId?: string } = {},
): Promise<OutputFile[]> {
	const job = mergeJob(known, await getJob(ctx, id));
	if (!isFinal(job.status)) {
		throw new NodeOperationError(ctx.getNode(), `Job ${id} is not finished yet`, {
			description: `Its status is ${String(job.status)}. Turn on 'Wait for Completion' in the node that started the job, or set 'If the Job Is Running' to 'Wait' in the options of this node.`,
		});
	}
	const all = fileIdsOf(job);
	const chosen = chosenFileIds(ctx, wanted.fileIds, all);
	const fileIds = chosen.length > 0 ? chosen : all;
	if (fileIds.length === 0) {
		throw new NodeOperationError(ctx.getNode(), `Job ${id} names no files`, {
			description:
				"Only results of uploaded files can be returned. A workflow with connectors delivers its results to the destination. If you know the file IDs, enter them in 'File IDs' in the options.",
		});
	}
	const reasons = failures(
		fileIds,
		await ifAvailable(ctx, 'failed-files', async () => await readFailedFiles(ctx, id), []),
	);
	const names = shownNames([...new Set([...all, ...fileIds])]);
	return fileIds.map((fileId) => ({
		jobId: id,
		fileId,
		fileName: names.get(fileId) ?? fileId,
		failure: reasons.get(fileId),
		nodeId: wanted.nodeId,
		...(all.length > 0 && !all.includes(fileId) && { listed: all }),
	}));
}
