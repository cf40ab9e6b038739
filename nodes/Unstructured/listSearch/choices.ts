import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { apiError } from '../transport/errors';
import { isRecord } from '../transport/json';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The text in the search field of a dropdown, in lower case. */
export const wantedText = (filter: unknown) =>
	typeof filter === 'string' ? filter.trim().toLowerCase() : '';

/** Whether an entry contains the searched text. */
export const isWanted =
	(wanted: string) =>
	({ name, value }: INodeListSearchItems) =>
		`${name} ${value}`.toLowerCase().includes(wanted);

/** Text in parentheses for the end of a name. Empty if there is none. */
export const note = (value: unknown) => (isText(value) ? ` (${value})` : '');

/**
 * The entries for the rows of a list. A row without a name is shown by its ID. n8n's log names rows that can't be chosen.
 * Throws a NodeApiError if none can.
 * @param noteOf returns the end of a row's name, which distinguishes rows
 */
export function choices(
	ctx: ILoadOptionsFunctions,
	noun: string,
	rows: unknown[],
	noteOf: (row: Record<string, unknown>) => string = () => '',
): INodeListSearchItems[] {
	const entries = rows.filter(isRecord).flatMap((row) => {
		const { id, name } = row;
		if (!isText(id) && !Number.isFinite(id)) return [];
		const value = String(id);
		return [{ name: `${isText(name) ? name : value}${noteOf(row)}`, value }];
	});
	const skipped = rows.length - entries.length;
	if (skipped === 0) return entries;
	if (entries.length === 0) {
		throw apiError(ctx.getNode(), {
			message: `The ${noun} could not be read`,
			description: `None of its ${skipped} entries has an ID. Enter the ID instead, or check the API URL in the credential.`,
		});
	}
	ctx.logger.warn(`${skipped} entries of the ${noun} have no ID and can't be selected`);
	return entries;
}
