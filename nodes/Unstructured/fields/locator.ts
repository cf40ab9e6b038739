import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../transport/json';

/** The text of a locator, which n8n gives whole where it stands in a collection. Empty when nothing is chosen. */
export function locatorText(given: unknown): string {
	const value = isRecord(given) ? given.value : given;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
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
