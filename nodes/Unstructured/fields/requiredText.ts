import type { IExecuteFunctions } from 'n8n-workflow';
import { parametersOf } from './parameters';

/** Text that must not be empty. Throws a NodeOperationError for this item when it is. */
export const requiredText = (
	ctx: IExecuteFunctions,
	itemIndex: number,
	displayName: string,
	name: string,
) => parametersOf(ctx, itemIndex).requiredText({ displayName, name, type: 'string', default: '' });
