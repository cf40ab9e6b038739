import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { isRecord } from '../transport/json';
import { joinSentences } from '../transport/sentences';
import { isTrue } from './values';

const MAX_CHARACTERS = 20_000;
/** No text is truncated below this, however many texts share the space. */
const LEAST_TEXT = 500;
const LONGEST_STRING = 1_000;
const LONGEST_LIST = 20;

/** Fields that are useless to a model. */
const OMITTED = ['element_id', 'embeddings', 'output_node_files', 'settings', 'updated_at'];

/** Truncates a text, which then says so itself. Never splits a character. */
function truncate(text: string, length: number): string {
	if (text.length <= length) return text;
	const start = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
	return `${start}… [truncated at ${length} of ${text.length} characters]`;
}

function simpleEntry([key, value]: [string, unknown]): Array<[string, unknown]> {
	if (value === null || value === undefined || OMITTED.includes(key)) return [];
	if (key === 'text') return [[key, value]];
	if (key !== 'metadata' || !isRecord(value)) return [[key, simplified(value)]];
	const { page_number: page } = value;
	return page === undefined || page === null ? [] : [['page_number', page]];
}

/** Shortens a value for a model, at any depth. Unknown fields stay. */
export function simplified(value: unknown): unknown {
	if (typeof value === 'string') return truncate(value, LONGEST_STRING);
	if (Array.isArray(value)) {
		const shown = value.slice(0, LONGEST_LIST).map(simplified);
		const more = value.length - shown.length;
		return more > 0 ? [...shown, `… and ${more} more`] : shown;
	}
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).flatMap(simpleEntry));
}

const textOf = ({ text }: IDataObject) => (typeof text === 'string' ? text : '');

/** How long a text may be if all texts share the space, and short ones leave the rest of their part to the others. */
function evenShare(texts: string[], room: number): number {
	const lengths = texts.map(({ length }) => length).sort((a, b) => a - b);
	let rest = room;
	for (const [index, length] of lengths.entries()) {
		const share = Math.floor(rest / (lengths.length - index));
		if (length > share) return share;
		rest -= length;
	}
	return Infinity;
}

/** Returns the results that fit, with truncated texts, and a note about the others. `max` is in characters of JSON. */
export function fit(results: IDataObject[], max: number): IDataObject[] {
	const texts = results.map(textOf);
	const frames = results.map((json) => JSON.stringify({ ...json, text: '' }).length);
	const room = max - frames.reduce((sum, length) => sum + length, 0);
	const longest = Math.max(LEAST_TEXT, evenShare(texts.filter(Boolean), room));
	const shown: IDataObject[] = [];
	let used = 0;
	for (const [index, json] of results.entries()) {
		const text = texts[index]!;
		used += frames[index]! + Math.min(text.length, longest);
		if (used > max) {
			const note = `${shown.length} of ${results.length} results are shown, because all of them would be too long. Request fewer, e.g. with a limit, a filter, or the ID of one file.`;
			return [...shown, { note }];
		}
		shown.push(text ? { ...json, text: truncate(text, longest) } : json);
	}
	return shown;
}

/** Moves the description into the message, because n8n passes a model only the message. */
function inOneText(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const { description } = error as Error & { description?: string | null };
	if (description && !error.message.includes(description)) {
		error.message = joinSentences(error.message, description);
	}
	return error;
}

/**
 * Runs an operation as a tool of an AI agent. The model gets few fields, texts of limited length, and errors that say what
 * to do.
 */
export async function forAgent(
	ctx: IExecuteFunctions,
	run: () => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	let results: IDataObject[];
	try {
		const [items = []] = await run();
		results = items.map(({ json }) => json);
	} catch (error) {
		throw inOneText(error) as JsonObject & Error;
	}
	const isSimple = isTrue(ctx.getNodeParameter('simplify', 0, true));
	const shortened = isSimple ? results.map((json) => simplified(json) as IDataObject) : results;
	const max = Number(ctx.getNodeParameter('maxCharacters', 0, MAX_CHARACTERS)) || MAX_CHARACTERS;
	return [fit(shortened, max).map((json) => ({ json, pairedItem: { item: 0 } }))];
}

/** Whether the node runs as an AI agent tool. n8n registers tools as a separate type whose name ends in "Tool". */
export const isTool = (ctx: IExecuteFunctions) => ctx.getNode().type.endsWith('Tool');
