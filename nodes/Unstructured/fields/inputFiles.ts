import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { isTool } from '../items/agentAnswer';
import { isFileObject, isObject } from '../items/fileObject';
import { toPart, type InputFile } from '../items/filePart';
import { namesInShort } from '../items/hints';
import { noteSkipped } from '../items/skippedFiles';
import { splitList } from '../items/values';
import { joinSentences } from '../transport/sentences';

type FileObject = Record<string, unknown>;
type NamedFile = [field: string, file: FileObject];

/** The default field of a new node. */
const DEFAULT_FIELD = 'data';
const EVERY_FILE = '*';

/** All files of an item: a form names the field of a file after its label. */
export const FILES_OF_FORM = "{{ $('Form').first().binary }}";

/** Explains how an agent's tool gets a file, because n8n passes it none. */
export const FILE_BY_EXPRESSION = `Enter another node's file with an expression, e.g. ${FILES_OF_FORM}`;

const isNamedFile = (entry: [string, unknown]): entry is NamedFile => isObject(entry[1]);

/**
 * All files of an item, in both of n8n's layouts: `item.binary`, or `item.json._files` if combined. Next to `item.binary`,
 * `_files` is only JSON that someone created.
 */
function filesOf({ binary, json }: INodeExecutionData): Map<string, FileObject> {
	const inJson = isObject(json._files) ? Object.entries(json._files) : [];
	const entries: Array<[string, unknown]> = binary
		? Object.entries(binary)
		: inJson.filter(([, value]) => isFileObject(value));
	return new Map(entries.filter(isNamedFile));
}

function atPath(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(current, step) =>
				isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined,
			value,
		);
}

/** An array of names and files, or a map of files such as `$binary`. */
const isFileList = (value: unknown): value is unknown[] | Record<string, unknown> =>
	Array.isArray(value) ||
	(isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isFileObject));

/** Finds the files of one item by a value of the parameter. */
class FileFinder {
	private readonly item: INodeExecutionData;

	private readonly files: Map<string, FileObject>;

	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly itemIndex: number,
	) {
		this.item = ctx.getInputData()[itemIndex]!;
		this.files = filesOf(this.item);
	}

	/** Accepts a text with field names or `*`, a file, or a list or map of those. */
	find(value: unknown): NamedFile[] {
		if (typeof value === 'string') return this.named(value);
		if (isFileObject(value)) return [this.given(value)];
		if (Array.isArray(value)) return value.flatMap((one: unknown) => this.find(one));
		if (!isFileList(value)) return [];
		return Object.entries(value).map(([field, one]) => this.given(one as FileObject, field));
	}

	noFileNamed() {
		const present = [...this.files.keys()];
		return this.error(
			"'Input Binary Field' does not name a file",
			joinSentences(
				present.length > 0 && `Available fields: ${namesInShort(present)}`,
				"Enter the name of the field that has the file, e.g. data, several names separated by commas, or * for every file. An expression may also return a file, e.g. {{ $('Form').item.binary.data }}.",
			),
		);
	}

	private error(message: string, description: string) {
		return new NodeOperationError(this.ctx.getNode(), message, {
			itemIndex: this.itemIndex,
			description: isTool(this.ctx) ? `${FILE_BY_EXPRESSION}.` : description,
		});
	}

	private named(text: string): NamedFile[] {
		const fields = this.inField(text) ? [text] : splitList(text);
		return fields.flatMap((field) => {
			if (field === EVERY_FILE && this.files.size > 0) return [...this.files];
			const file = this.inField(field);
			if (file) return [[field, file]];
			// The default field stands for the only file of an item.
			if (text === DEFAULT_FIELD && this.files.size === 1) return [...this.files];
			throw this.missing(field);
		});
	}

	private inField(field: string): FileObject | undefined {
		const inJson = atPath(this.item.json, field);
		return this.files.get(field) ?? (isFileObject(inJson) ? inJson : undefined);
	}

	private missing(field: string) {
		const present = [...this.files.keys()];
		if (present.length > 0) {
			return this.error(
				`There is no file in the field '${field}'`,
				`Available fields: ${namesInShort(present)}. Change 'Input Binary Field', or use * to send every file of the item.`,
			);
		}
		return this.error(
			field === EVERY_FILE ? 'The item has no files' : `There is no file in the field '${field}'`,
			"The item has no files. A node in between, such as Edit Fields, may have dropped them: turn on its option to include other input fields and binary files, or use an expression such as {{ $('Form').item.binary.data }}. To continue with the other items, set 'On Error' to 'Continue'.",
		);
	}

	/**
	 * Finds a file returned by an expression. `$binary` omits the content of a file in memory, so the file is the one of the
	 * item whose other properties match.
	 */
	private given(file: FileObject, field?: string): NamedFile {
		if (file.data !== undefined || typeof file.id === 'string') return [field ?? 'file', file];
		const fits = ([, one]: NamedFile) =>
			Object.entries(file).every(([key, value]) => one[key] === value);
		const fitting = [...this.files].filter(fits);
		const found = fitting.find(([name]) => name === field) ?? fitting[0];
		if (!found) return [field ?? 'file', file];
		const isSame = ([name, { data }]: NamedFile) => name === field || data === found[1].data;
		if (found[0] === field || fitting.every(isSame)) return found;
		throw this.error(
			"Several files of the item fit the expression in 'Input Binary Field'",
			`Enter the name of the field instead. Files that fit: ${namesInShort(fitting.map(([name]) => name))}.`,
		);
	}
}

/**
 * The files of one item that the parameter `binaryPropertyName` selects, in order, not opened yet. Empty files found by `*`
 * are skipped, and a hint names them. Throws a NodeOperationError for this item if a file is missing, empty, or unreadable.
 */
export async function inputFiles(
	ctx: IExecuteFunctions,
	itemIndex: number,
	parameter: unknown,
): Promise<InputFile[]> {
	const finder = new FileFinder(ctx, itemIndex);
	const named = finder.find(parameter);
	if (named.length === 0) throw finder.noFileNamed();
	const parts: InputFile[] = [];
	for (const [field, file] of named) parts.push(await toPart(ctx, itemIndex, field, file));
	const empty = parts.filter(({ size }) => size === 0).map(({ originalName }) => originalName);
	if (empty.length === 0) return parts;
	const isEveryFile = typeof parameter === 'string' && parameter.trim() === EVERY_FILE;
	if (!isEveryFile || empty.length === parts.length) {
		throw new NodeOperationError(ctx.getNode(), `The file ${namesInShort(empty)} is empty`, {
			itemIndex,
			description: "Unstructured can't process 0 bytes. Check the node that created the file.",
		});
	}
	noteSkipped(ctx, itemIndex, empty);
	return parts.filter(({ size }) => size > 0);
}
