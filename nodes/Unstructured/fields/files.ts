import {
	NodeOperationError,
	type IBinaryData,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { toPart } from '../items/filePart';
import { splitList } from '../items/values';
import type { FilePart } from '../transport/multipart';
import { sameForAll } from './sameForAll';

const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	typeOptions: { binaryDataProperty: true },
	hint: 'The name of the input field with the file, several names separated by commas, or * for every file of the item',
	description:
		"Where the files are. An expression may also give a file of another node, such as {{ $('Form').item.binary.data }}.",
};

const groupingField: INodeProperties = {
	displayName: 'Job Grouping',
	name: 'jobGrouping',
	type: 'options',
	noDataExpression: true,
	default: 'all',
	options: [
		{
			name: 'One Job for All Items',
			value: 'all',
			description: 'Send the files of all items in one request, one job per workflow',
		},
		{
			name: 'One Job per Item',
			value: 'each',
			description: 'Start a job for each item, one after the other',
		},
	],
	description:
		'How many jobs to start. A workflow runs one job at a time, so that jobs per item wait for each other.',
};

/** Which files of the input items are sent, and in how many jobs. */
export const fileFields = [binaryField, groupingField];

/** Whether each item has a job of its own. */
export const isJobPerItem = (ctx: IExecuteFunctions) =>
	sameForAll(ctx, groupingField, (parameters) => parameters.choice(groupingField)) === 'each';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** n8n's binary object: stored (`id`), or in memory (`data` as base64). */
export const isBinary = (value: unknown): value is IBinaryData =>
	isObject(value) &&
	typeof value.mimeType === 'string' &&
	(typeof value.id === 'string' || typeof value.data === 'string');

/** What `$binary` gives in an expression: n8n leaves `data` out, so that a file in memory comes without content. */
const isDescription = (value: unknown): value is Record<string, unknown> =>
	isObject(value) && typeof value.mimeType === 'string' && !isBinary(value);

/**
 * All binaries of an item, in both of n8n's layouts: `item.binary`, or `item.json._files` when combined. Beside binaries
 * `_files` is no more than JSON that somebody made.
 */
function binariesOf({ binary, json }: INodeExecutionData): Map<string, IBinaryData> {
	const entries = Object.entries(binary ?? (isObject(json._files) ? json._files : {}));
	return new Map(entries.filter((entry): entry is [string, IBinaryData] => isBinary(entry[1])));
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

function noFileNamed(ctx: IExecuteFunctions, itemIndex: number) {
	return new NodeOperationError(ctx.getNode(), "'Input Binary Field' does not name a file", {
		itemIndex,
		description:
			"Enter the name of the field that holds the file, e.g. data, several names separated by commas, or * for every file. An expression may also give a file itself, e.g. {{ $('Form').item.binary.data }}",
	});
}

function missingFile(ctx: IExecuteFunctions, itemIndex: number, field: string, present: string[]) {
	return new NodeOperationError(
		ctx.getNode(),
		field === '*' ? 'This item has no files' : `This item has no file in the field '${field}'`,
		{
			itemIndex,
			description:
				present.length > 0
					? `Its files are in: ${present.slice(0, 20).join(', ')}. Change 'Input Binary Field', or use * to send every file of the item`
					: "Connect a node that gives files, or filter out items without one before this node. With 'On Error: Continue' the other items go on",
		},
	);
}

const describes = (description: Record<string, unknown>, binary: IBinaryData) =>
	Object.entries(description).every(([key, value]) => binary[key] === value);

/** An array of names and files, or a map of files such as `$binary`. */
const isFileList = (value: unknown): value is unknown[] | Record<string, unknown> =>
	Array.isArray(value) ||
	(isObject(value) &&
		Object.keys(value).length > 0 &&
		Object.values(value).every((one) => isBinary(one) || isDescription(one)));

/** The binaries that a value of the parameter names: field names, `*`, a binary, or a list or map of those. */
function resolve(
	ctx: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
): Array<[field: string, binary: IBinaryData]> {
	const item = ctx.getInputData()[itemIndex]!;
	const binaries = binariesOf(item);
	if (isBinary(value)) return [['file', value]];
	if (isDescription(value)) {
		const same = [...binaries].find(([, binary]) => describes(value, binary));
		if (same) return [same];
	}
	if (isFileList(value)) {
		return Object.values(value).flatMap((one) => resolve(ctx, itemIndex, one));
	}
	if (typeof value !== 'string') return [];
	const named = (field: string): IBinaryData | undefined => {
		const inJson = atPath(item.json, field);
		return binaries.get(field) ?? (isBinary(inJson) ? inJson : undefined);
	};
	const fields = named(value) ? [value] : splitList(value);
	return fields.flatMap((field) => {
		const found = field === '*' ? [...binaries] : [[field, named(field)] as const];
		const present = found.filter((entry): entry is [string, IBinaryData] => !!entry[1]);
		if (present.length === 0) throw missingFile(ctx, itemIndex, field, [...binaries.keys()]);
		return present;
	});
}

/**
 * The files of one item that the parameter `binaryPropertyName` asks for, in order, not opened yet.
 * Throws a NodeOperationError for this item when one is missing or empty.
 */
export async function inputFiles(
	ctx: IExecuteFunctions,
	itemIndex: number,
	parameter: unknown,
): Promise<FilePart[]> {
	const named = resolve(ctx, itemIndex, parameter);
	if (named.length === 0) throw noFileNamed(ctx, itemIndex);
	const parts: FilePart[] = [];
	for (const [field, binary] of named) {
		const part = await toPart(ctx, itemIndex, field, binary);
		if (part.size === 0) {
			throw new NodeOperationError(ctx.getNode(), `The file '${part.name}' is empty`, {
				itemIndex,
				description: 'Unstructured can make nothing of 0 bytes. Check the node that made the file',
			});
		}
		parts.push(part);
	}
	return parts;
}
