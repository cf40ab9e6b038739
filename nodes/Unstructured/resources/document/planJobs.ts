import type { IExecuteFunctions } from 'n8n-workflow';
import type { InputFile } from '../../items/filePart';
import type { ItemResults } from '../../items/itemResults';
import { readItems } from '../../items/perItem';
import type { JobDefinition } from '../../jobs/start/onDemandLauncher';
import type { IfActive } from '../../jobs/start/workflowRunner';
import type { FilePart } from '../../transport/multipart';
import { distinctNames } from './lineage';

/** What is done with the files of an item: an on-demand job, or a job of a workflow. */
export type Processing = { definition: JobDefinition } | { workflowId: string; ifActive: IfActive };

/** A file, the input item that it is from, and its name there. */
export interface DocumentFile {
	item: number;
	originalName: string;
	/** Its name is distinct from all others of its job. */
	part: FilePart;
}

/** One job to start. */
export interface DocumentJob {
	processing: Processing;
	files: DocumentFile[];
	/** The input items whose files it has. */
	items: number[];
}

function documentJob(
	processing: Processing,
	files: Array<[item: number, part: InputFile]>,
): DocumentJob {
	const names = distinctNames(files.map(([, { name }]) => name));
	return {
		processing,
		files: files.map(([item, part], place) => ({
			item,
			originalName: part.originalName,
			part: { ...part, name: names[place]! },
		})),
		items: [...new Set(files.map(([item]) => item))],
	};
}

/**
 * The jobs for the files of all items: those that are processed alike go together, on demand at most `filesPerJob` in one,
 * for a workflow all of them. An item that can't be read fails on its own.
 */
export async function planJobs(
	ctx: IExecuteFunctions,
	results: ItemResults,
	filesPerJob: number,
	read: (
		ctx: IExecuteFunctions,
		itemIndex: number,
	) => Promise<{ processing: Processing; files: InputFile[] }>,
): Promise<DocumentJob[]> {
	const groups = new Map<string, { processing: Processing; files: Array<[number, InputFile]> }>();
	for await (const [item, { processing, files }] of readItems(ctx, results, read)) {
		const key = JSON.stringify(processing);
		const group = groups.get(key) ?? { processing, files: [] };
		for (const file of files) group.files.push([item, file]);
		groups.set(key, group);
	}
	return [...groups.values()].flatMap(({ processing, files }) => {
		const size = 'definition' in processing ? filesPerJob : files.length;
		const jobs: DocumentJob[] = [];
		for (let at = 0; at < files.length; at += size) {
			jobs.push(documentJob(processing, files.slice(at, at + size)));
		}
		return jobs;
	});
}
