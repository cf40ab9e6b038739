import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** A text that must not be empty. Throws a NodeOperationError for this item when it is. */
export function requiredText(
	ctx: IExecuteFunctions,
	itemIndex: number,
	displayName: string,
	parameter: string,
): string {
	const value = ctx.getNodeParameter(parameter, itemIndex, '') as unknown;
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text) return text;
	throw new NodeOperationError(ctx.getNode(), `'${displayName}' is empty for this item`, {
		itemIndex,
		description: `Fill in '${displayName}'. If an expression is used, check what it gives for this item`,
	});
}
