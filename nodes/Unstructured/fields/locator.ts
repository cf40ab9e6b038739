import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyModeValidation,
} from 'n8n-workflow';
import { isRecord } from '../transport/json';

/** The mode and value of a locator. A saved workflow or an expression may contain only the value. */
export const locatorValue = (given: unknown): { mode: unknown; value: unknown } =>
	isRecord(given) && ('mode' in given || '__rl' in given || 'value' in given)
		? { mode: given.mode, value: given.value }
		: { mode: undefined, value: given };

/** The ID in the text of a mode. In a URL, the mode's pattern finds the ID. Undefined if there is none. */
export function addressedId({ modes = [] }: INodeProperties, mode: unknown, text: string) {
	const extract = modes.find(({ name }) => name === mode)?.extractValue;
	if (extract?.type !== 'regex') return text;
	return new RegExp(extract.regex, 'i').exec(text)?.[1];
}

/** The text of a locator. Inside a collection, n8n passes the locator as an object. Empty if nothing is chosen. */
export function locatorText(given: unknown): string {
	const { value } = locatorValue(given);
	const isText = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
	return isText ? String(value).trim() : '';
}

/**
 * Rejects a name entered as an ID before the node runs.
 * @param pattern matches an ID
 */
export const idValidation = (
	noun: string,
	pattern = '[^\\s/@]+',
): INodePropertyModeValidation[] => [
	{
		type: 'regex',
		properties: {
			regex: `^\\s*(${pattern})?\\s*$`,
			errorMessage: `Not an ID of a ${noun}. To find it by name, select 'From List'.`,
		},
	},
];

/** IDs of workflows and connectors: a UUID, or a key (docs/api-notes.md 1.8). */
export const ID_OR_KEY = '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[a-z0-9-]{1,63}';

/** Explains what to do if nothing is chosen. `title` is the parameter's label. */
export const howToChoose = (title: string) =>
	`Select one in '${title}', or enter its ID. If an expression is used, check what it returns.`;

/** The ID in a locator. Throws a NodeOperationError if there is none. */
export function chosenId(
	ctx: Pick<IExecuteFunctions, 'getNode'>,
	given: unknown,
	noun: string,
	options: { itemIndex?: number; description: string },
): string {
	const id = locatorText(given);
	if (id) return id;
	throw new NodeOperationError(ctx.getNode(), `No ${noun} is selected`, options);
}
