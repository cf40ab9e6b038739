import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { fileNameOf, sameFiles } from '../../api/fileIds';
import { getJob, jobPath, mergeJob, readFailedFiles, type Job } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import { download } from '../../transport/download';
import { cleanFileName } from '../../transport/fileNames';
import { isRecord } from '../../transport/json';
import { MarkdownWriter } from './markdown';
import { parseElements } from './parseElements';
import { shareTexts } from './shareTexts';

/** One file of a job whose output is wanted. */
export interface OutputFile {
	jobId: string;
	fileId: string;
	/** The name under which it was uploaded, as far as its id tells. */
	fileName: string;
	/** Why it failed, when it did. */
	failure?: string;
	/** The node after which the output is taken; undefined for the last one. */
	nodeId?: string;
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function fileIdsOf({ input_file_ids: inputs, output_node_files: outputs }: Job): string[] {
	if (strings(inputs).length > 0) return strings(inputs);
	const rows: unknown[] = Array.isArray(outputs) ? outputs : [];
	return [...new Set(rows.filter(isRecord).map((row) => String(row.file_id)))];
}

/** The reason for each file that failed. A bare name that fits several files tells nothing: their downloads will. */
function failures(fileIds: string[], failed: IDataObject[]): Map<string, string> {
	const reasons = new Map<string, string>();
	for (const { document, error } of failed) {
		const name = String(document).split(/[/\\]/).at(-1) ?? '';
		const named = fileIds.filter((fileId) => sameFiles([fileId], [name]));
		const found = fileIds.includes(name) ? name : named.length === 1 ? named[0] : undefined;
		if (found) reasons.set(found, String(error ?? 'no reason was given'));
	}
	return reasons;
}

/**
 * The files of a job. Throws a NodeApiError or NodeOperationError when the job has not ended, or names no files.
 * @param known the job as it came in: an earlier answer may name files that a later one leaves out
 */
export async function outputFiles(
	ctx: IExecuteFunctions,
	id: string,
	known: Job | undefined,
	wanted: { fileIds: string[]; nodeId?: string },
): Promise<OutputFile[]> {
	const job = mergeJob(known, await getJob(ctx, id));
	if (!isFinal(job.status)) {
		throw new NodeOperationError(ctx.getNode(), `Job ${id} has not ended yet`, {
			description: `It is ${String(job.status)}. Put 'Job: Wait for Completion' before this node`,
		});
	}
	const fileIds = wanted.fileIds.length > 0 ? wanted.fileIds : fileIdsOf(job);
	if (fileIds.length === 0) {
		throw new NodeOperationError(ctx.getNode(), `Job ${id} names no files`, {
			description:
				"Only results of files that were uploaded can be fetched; a workflow with a source or destination connector delivers them to its destination. If you know the file IDs, enter them in 'File IDs' in the options",
		});
	}
	const reasons = failures(fileIds, await readFailedFiles(ctx, id));
	return fileIds.map((fileId) => ({
		jobId: id,
		fileId,
		fileName: fileNameOf(fileId),
		failure: reasons.get(fileId),
		nodeId: wanted.nodeId,
	}));
}

type Body = Parameters<Parameters<typeof download>[3]>[0];

async function openOutput<Result>(
	ctx: IExecuteFunctions,
	{ jobId, fileId, nodeId }: OutputFile,
	use: (body: Body) => Promise<Result>,
): Promise<Result> {
	const options = {
		qs: { file_id: fileId, ...(nodeId && { node_id: nodeId }) },
		subject: { noun: 'output of the file', id: fileId },
		// Right after its end a job may not give its output yet (docs/api-notes.md 5.9).
		retryStatus: 404,
	};
	return await download(ctx, `${jobPath(jobId)}/download`, options, use);
}

const bytes = (body: Body) => body as AsyncIterable<Buffer>;
const asElement = (value: unknown): IDataObject =>
	isRecord(value) ? (value as IDataObject) : { text: String(value) };

/** The name under which a file was uploaded: its elements may tell it better than its id (docs/api-notes.md 5.8). */
function originalName({ fileId, fileName }: OutputFile, element: IDataObject | undefined) {
	const told = (element?.metadata as IDataObject | null | undefined)?.filename;
	const isName = typeof told === 'string' && told !== fileId && sameFiles([fileId], [told]);
	return isName ? told : fileName;
}

/** The elements of a file, parsed while they arrive, and its name. */
export async function readElements(ctx: IExecuteFunctions, file: OutputFile) {
	return await openOutput(ctx, file, async (body) => {
		const elements: IDataObject[] = [];
		await parseElements(bytes(body), (value) => {
			const element = asElement(value);
			const before = elements.at(-1);
			if (before) shareTexts(element, before);
			elements.push(element);
		});
		return { fileName: originalName(file, elements[0]), elements };
	});
}

/** The elements of a file as Markdown, none of which is kept, and its name. */
export async function readText(ctx: IExecuteFunctions, file: OutputFile) {
	return await openOutput(ctx, file, async (body) => {
		const writer = new MarkdownWriter();
		let fileName: string | undefined;
		await parseElements(bytes(body), (value) => {
			const element = asElement(value);
			fileName ??= originalName(file, element);
			writer.add(element);
		});
		return { fileName: fileName ?? file.fileName, text: writer.toString() };
	});
}

/**
 * The output of a file as a JSON file in n8n's binary storage, streamed there without being parsed. It is `a.pdf.json`
 * for `a.pdf`, as a job may have an `a.docx` too.
 */
export async function readBinary(ctx: IExecuteFunctions, file: OutputFile) {
	const name = cleanFileName(`${file.fileName}.json`);
	return await openOutput(
		ctx,
		file,
		async (body) => await ctx.helpers.prepareBinaryData(body, name, 'application/json'),
	);
}
