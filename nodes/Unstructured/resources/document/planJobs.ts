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

/** What is done with the files of an item: an on-demand job, or a job of a workflow. */
export type Processing = { definition: JobDefinition } | { workflowId: string; ifActive: IfActive };

/** What one item asks for. */
export interface DocumentItem {
	processing: Processing;
	files: InputFile[];
	settings: DocumentSettings;
	/** What to return for each file. */
	format: OutputFormat;
	/** Whether the text is returned next to extracted data. */
	includeText?: boolean;
}

/** A file, what is to be done with it, the input item that it is from, and its name there. */
export interface DocumentFile {
	item: number;
	wanted: DocumentItem;
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
	/** As long as the longest that its items ask for. */
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

/** On-demand jobs take some files each, a workflow takes all of them. */
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
 * The jobs for the files of all items: those that are processed alike go together. An item that can't be read fails on its
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
