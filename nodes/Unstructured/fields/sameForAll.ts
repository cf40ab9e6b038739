import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { joinSentences } from '../transport/sentences';
import { parametersOf, type Parameters } from './parameters';

interface ItemValue<Value> {
	item: number;
	value: Value;
}

const named = ({ item, value }: ItemValue<unknown>) => `"${String(value)}" for item ${item}`;

function same<Value>(
	ctx: IExecuteFunctions,
	{ displayName }: INodeProperties,
	[first, ...others]: Array<ItemValue<Value>>,
	what: string,
	howTo: string,
): Value {
	const other = others.find(({ value }) => value !== first!.value);
	if (!other) return first!.value;
	throw new NodeOperationError(ctx.getNode(), `'${displayName}' differs between items of ${what}`, {
		itemIndex: other.item,
		description: joinSentences(`It is ${named(first!)} and ${named(other)}`, howTo),
	});
}

/** The common value of the items of one job. Throws a NodeOperationError that names two items with different values. */
export const sameInJob = <Value>(
	ctx: IExecuteFunctions,
	field: INodeProperties,
	values: Array<ItemValue<Value>>,
): Value =>
	same(
		ctx,
		field,
		values,
		'one job',
		"Use the same value for all items, or set 'Job Grouping' to 'One Job per Item'.",
	);

/** The value of a parameter for all items. Throws a NodeOperationError if an expression returns different values. */
export function sameForAll<Value>(
	ctx: IExecuteFunctions,
	field: INodeProperties,
	read: (parameters: Parameters) => Value,
): Value {
	const isFixed = !JSON.stringify(ctx.getNode().parameters[field.name] ?? '').includes('"=');
	const count = isFixed ? 1 : Math.max(1, ctx.getInputData().length);
	const values = Array.from({ length: count }, (_, item) => ({
		item,
		value: read(parametersOf(ctx, item)),
	}));
	return same(ctx, field, values, 'one run', 'Use the same value for all items.');
}
