import type { IExecuteFunctions } from 'n8n-workflow';
import type { InputFile } from '../../items/filePart';
import type { ItemResults } from '../../items/itemResults';
import { readItems } from '../../items/perItem';
import type { OutputFormat } from '../../jobs/output/readOutput';
import type { JobDefinition } from '../../jobs/start/onDemandLauncher';
import type { IfActive } from '../../jobs/start/workflowRunner';
import { longest, type WaitOptions } from '../../jobs/wait/waitForJobs';
import type { FilePart } from '../../transport/multipart';
import type { DocumentSettings } from './documentFields';
import { distinctNames } from './lineage';

/** The processing for the files of an item: an on-demand job, or a job of a workflow. */
export type Processing = { definition: JobDefinition } | { workflowId: string; ifActive: IfActive };

/** The request of one item. */
export interface DocumentItem {
	processing: Processing;
	files: InputFile[];
	settings: DocumentSettings;
	/** What to return for each file. */
	format: OutputFormat;
	/** Whether the text is returned next to extracted data. */
	includeText?: boolean;
}

/** A file with its processing, its input item, and its name there. */
export interface DocumentFile {
	item: number;
	wanted: DocumentItem;
	originalName: string;
	/** The file, with a name that is distinct in its job. */
	part: FilePart;
}

/** One job to start. */
export interface DocumentJob {
	processing: Processing;
	files: DocumentFile[];
	/** The input items whose files the job contains. */
	items: number[];
	/** The longest timeout of the job's items. */
	wait: WaitOptions;
}

interface ItemFile {
	item: number;
	wanted: DocumentItem;
	part: InputFile;
}

function documentJob(files: ItemFile[]): DocumentJob {
	const names = distinctNames(files.map(({ part }) => part.name));
	const settings = files.map(({ wanted }) => wanted.settings);
	return {
		processing: files[0]!.wanted.processing,
		files: files.map(({ item, wanted, part }, place) => ({
			item,
			wanted,
			originalName: part.originalName,
			part: { ...part, name: names[place]! },
		})),
		items: [...new Set(files.map(({ item }) => item))],
		wait: settings.reduce<WaitOptions>(longest, settings[0]!),
	};
}

/** Splits the files: an on-demand job accepts a limited number, a workflow accepts all. */
function splitIntoJobs(files: ItemFile[]): DocumentJob[] {
	const { processing, settings } = files[0]!.wanted;
	const size = 'definition' in processing ? settings.filesPerJob : files.length;
	const jobs: DocumentJob[] = [];
	for (let at = 0; at < files.length; at += size) {
		jobs.push(documentJob(files.slice(at, at + size)));
	}
	return jobs;
}

/**
 * The jobs for the files of all items: files with the same processing share a job. An item that can't be read fails on its
 * own.
 */
export async function planJobs(
	ctx: IExecuteFunctions,
	results: ItemResults,
	read: (ctx: IExecuteFunctions, itemIndex: number) => Promise<DocumentItem>,
): Promise<DocumentJob[]> {
	const groups = new Map<string, ItemFile[]>();
	for await (const [item, wanted] of readItems(ctx, results, read)) {
		const key = JSON.stringify([wanted.processing, wanted.settings.filesPerJob]);
		const files = groups.get(key) ?? [];
		for (const part of wanted.files) files.push({ item, wanted, part });
		if (files.length > 0) groups.set(key, files);
	}
	return [...groups.values()].flatMap(splitIntoJobs);
}
