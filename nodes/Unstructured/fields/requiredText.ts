import type { IExecuteFunctions } from 'n8n-workflow';
import { parametersOf } from './parameters';

/** A required text. Throws a NodeOperationError for this item if the text is empty. */
export const requiredText = (
	ctx: IExecuteFunctions,
	itemIndex: number,
	displayName: string,
	name: string,
) => parametersOf(ctx, itemIndex).requiredText({ displayName, name, type: 'string', default: '' });
