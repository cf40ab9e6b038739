import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sameFiles } from '../../api/fileIds';
import { jobPath } from '../../api/jobs';
import { isTool } from '../../items/agentAnswer';
import { namesInShort } from '../../items/hints';
import { download, type DownloadBody } from '../../transport/download';
import { cleanFileName } from '../../transport/fileNames';
import { isRecord } from '../../transport/json';
import { collectData } from './collectData';
import { collectElements } from './collectElements';
import { collectImages } from './collectImages';
import { collectTables } from './collectTables';
import { collectPages, collectText } from './collectText';
import type { Collector, ReadOptions } from './collector';
import { dataForAgent } from './dataForAgent';
import type { OutputFile } from './outputFiles';
import { parseElements } from './parseElements';
import { storeOutput } from './storeOutput';

export type OutputFormat =
	| 'binary'
	| 'elements'
	| 'extractedData'
	| 'file'
	| 'images'
	| 'pages'
	| 'tables'
	| 'text';

/** The items of one file. They are not paired yet: only the caller knows the input item. */
export interface FileOutput {
	items: INodeExecutionData[];
	/** Whether nothing was found in the file, even if it has an item. */
	isEmpty: boolean;
	fileName: string;
}

/** Returns the name under which a file was uploaded. Its elements may contain a better one than its ID. */
function originalName({ fileId, fileName, isNameKnown }: OutputFile, element: unknown) {
	const metadata = isRecord(element) ? element.metadata : undefined;
	const told = isRecord(metadata) ? metadata.filename : undefined;
	const isName = typeof told === 'string' && told !== fileId && sameFiles([fileId], [told]);
	return isName && !isNameKnown ? told : fileName;
}

/** Returns the fields that name the job and file of an item. */
function origin({ jobId, fileId }: OutputFile, fileName: string, { withJobId }: ReadOptions) {
	return { ...(withJobId && { job_id: jobId }), file_id: fileId, file_name: fileName };
}

const COLLECTORS: Record<
	Exclude<OutputFormat, 'binary'>,
	(ctx: IExecuteFunctions, options: ReadOptions) => Collector
> = {
	elements: () => collectElements(),
	extractedData: (_ctx, options) => collectData(options),
	file: () => collectElements({ asOneItem: true }),
	images: (ctx) => collectImages(ctx),
	pages: () => collectPages(),
	tables: (ctx) => collectTables(ctx),
	text: () => collectText(),
};

export const isOutputFormat = (value: unknown): value is OutputFormat =>
	value === 'binary' || (typeof value === 'string' && Object.hasOwn(COLLECTORS, value));

async function collect(
	file: OutputFile,
	body: DownloadBody,
	collector: Collector,
	options: ReadOptions,
): Promise<FileOutput> {
	let fileName: string | undefined;
	const name = () => fileName ?? file.fileName;
	const use = (member: unknown) => {
		fileName ??= originalName(file, member);
		collector.add(member, name);
	};
	await parseElements(body.bytes, use, collector.settle);
	const { items, isEmpty } = collector.finish();
	const from: IDataObject = origin(file, name(), options);
	// Elements are changed in place: a copy of each would double the memory, and a spread is slow here in Node.js 20.
	for (const item of items) {
		item.json = collector.isOwn ? Object.assign(item.json, from) : { ...from, ...item.json };
	}
	return { items, isEmpty, fileName: name() };
}

async function store(
	ctx: IExecuteFunctions,
	file: OutputFile,
	body: DownloadBody,
	options: ReadOptions,
): Promise<FileOutput> {
	const { data, first, isEmpty } = await storeOutput(ctx, body, file.fileName);
	const fileName = originalName(file, first);
	data.fileName = cleanFileName(`${fileName}.json`);
	return {
		items: [{ json: origin(file, fileName, options), binary: { data } }],
		isEmpty,
		fileName,
	};
}

/**
 * Fetches the output of a file and turns it into items while it arrives. Throws a NodeApiError or NodeOperationError that names
 * the file's ID if the output can't be fetched completely.
 * @param file from `outputFiles`, or built by the caller
 */
export async function readFileOutput(
	ctx: IExecuteFunctions,
	file: OutputFile,
	format: OutputFormat,
	options: ReadOptions = {},
): Promise<FileOutput> {
	const { jobId, fileId, nodeId, listed } = file;
	const request = {
		qs: { file_id: fileId, ...(nodeId && { node_id: nodeId }) },
		subject: {
			noun: 'output of the file',
			id: fileId,
			advice:
				listed && `The job has no file with this ID. Its file IDs are: ${namesInShort(listed)}.`,
			others: [
				{ noun: 'job', id: jobId },
				{ noun: 'node', id: nodeId },
			],
		},
		// Right after it is finished a job may not have its output yet (docs/api-notes.md 5.9).
		retryStatus: 404,
	};
	return await download(ctx, `${jobPath(jobId)}/download`, request, async (body) => {
		if (format === 'binary') return await store(ctx, file, body, options);
		const collector = COLLECTORS[format](ctx, options);
		const wanted = isTool(ctx) ? dataForAgent(collector, format) : collector;
		return await collect(file, body, wanted, options);
	});
}
