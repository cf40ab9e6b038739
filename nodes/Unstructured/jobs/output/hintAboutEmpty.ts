import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint, namesInShort } from '../../items/hints';
import type { OutputFormat } from './readOutput';

const WITHOUT_ITEM =
	" To continue anyway, turn on 'Always Output Data' in the settings of this node.";

/** What was looked for, and what became of a file that has none of it. */
const TEXTS: Record<OutputFormat, [what: string, result: string]> = {
	binary: ['elements', 'The JSON file is empty.'],
	elements: ['elements', `No item is returned for it.${WITHOUT_ITEM}`],
	extractedData: [
		'extracted data',
		"Its 'data' is null. Data is extracted by jobs that have an extractor node.",
	],
	file: ['elements', 'Its list of elements is empty.'],
	images: ['images', `No item is returned for it.${WITHOUT_ITEM}`],
	pages: ['pages', `No item is returned for it.${WITHOUT_ITEM}`],
	tables: ['tables', `No item is returned for it.${WITHOUT_ITEM}`],
	text: ['text', "Its 'text' is empty."],
};

/** Shows which files had no result in this format. To be called once for all files of a run. */
export function hintAboutEmpty(ctx: IExecuteFunctions, format: OutputFormat, fileNames: string[]) {
	if (fileNames.length === 0) return;
	const [what, result] = TEXTS[format];
	const where = `${fileNames.length === 1 ? 'the file' : 'the files'} ${namesInShort(fileNames)}`;
	addHint(ctx, `Unstructured found no ${what} in ${where}. ${result}`);
}
