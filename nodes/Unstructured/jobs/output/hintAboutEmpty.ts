import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint, namesInShort, WITHOUT_ITEM } from '../../items/hints';
import { joinSentences } from '../../transport/sentences';
import type { OutputFormat } from './readOutput';

/** What the format returns, and what is returned for a file without it. */
const TEXTS: Record<OutputFormat, [what: string, result: string]> = {
	binary: ['elements', 'The JSON file is empty.'],
	elements: ['elements', WITHOUT_ITEM],
	extractedData: [
		'extracted data',
		"Its 'data' is null. Data is extracted by jobs that have an extractor node.",
	],
	file: ['elements', 'Its list of elements is empty.'],
	images: ['images', WITHOUT_ITEM],
	pages: ['pages', WITHOUT_ITEM],
	tables: ['tables', WITHOUT_ITEM],
	text: ['text', "Its 'text' is empty."],
};

/** Shows which files had no result in this format. To be called once for all files of an execution. */
export function hintAboutEmpty(ctx: IExecuteFunctions, format: OutputFormat, fileNames: string[]) {
	if (fileNames.length === 0) return;
	const [what, result] = TEXTS[format];
	const where = `${fileNames.length === 1 ? 'the file' : 'the files'} ${namesInShort(fileNames)}`;
	addHint(ctx, joinSentences(`Unstructured found no ${what} in ${where}`, result));
}
