import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../transport/json';
import { addHint } from './hints';

/** Shows a hint on how many entries of a list could not be returned, if any. */
export function hintSkipped(ctx: IExecuteFunctions, noun: string, count: number) {
	if (count === 0) return;
	const entries = count === 1 ? '1 entry' : `${count} entries`;
	addHint(
		ctx,
		`${entries} of the ${noun} could not be returned, because only objects can be items.`,
	);
}

/** Returns the rows of a list that can be items. A hint says how many can't. */
export function recordsIn(ctx: IExecuteFunctions, noun: string, rows: unknown[]): IDataObject[] {
	const records = rows.filter(isRecord) as IDataObject[];
	hintSkipped(ctx, noun, rows.length - records.length);
	return records;
}
