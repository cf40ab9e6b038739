import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isRecord } from '../transport/json';

/** What a locator holds. n8n gives it whole, and its value alone where a saved workflow or an expression has only that. */
export const locatorValue = (given: unknown): { mode: unknown; value: unknown } =>
	isRecord(given) && ('mode' in given || '__rl' in given || 'value' in given)
		? { mode: given.mode, value: given.value }
		: { mode: undefined, value: given };

/** The id in a text of a mode: behind an address, the one that the mode's pattern finds; undefined when it finds none. */
export function addressedId({ modes = [] }: INodeProperties, mode: unknown, text: string) {
	const extract = modes.find(({ name }) => name === mode)?.extractValue;
	if (extract?.type !== 'regex') return text;
	return new RegExp(extract.regex, 'i').exec(text)?.[1];
}

/** The text of a locator, which n8n gives whole where it stands in a collection. Empty when nothing is chosen. */
export function locatorText(given: unknown): string {
	const { value } = locatorValue(given);
	const isText = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
	return isText ? String(value).trim() : '';
}

/** What to do when nothing is chosen. `title` is the parameter's. */
export const howToChoose = (title: string) =>
	`Select one in '${title}', or enter its ID. If an expression is used, check what it gives for this item`;

/** The id that a locator gives. Throws a NodeOperationError when there is none. */
export function chosenId(
	ctx: Pick<IExecuteFunctions, 'getNode'>,
	given: unknown,
	noun: string,
	options: { itemIndex?: number; description: string },
): string {
	const id = locatorText(given);
	if (id) return id;
	throw new NodeOperationError(ctx.getNode(), `No ${noun} is chosen`, options);
}
