import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { isRecord } from '../transport/json';
import { addressedId, locatorValue } from './locator';

/** Names only the type of the returned value: an object as text would be "[object Object]", and it may contain a secret. */
function kindOf(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'nothing';
	if (typeof value === 'string') return 'text';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'true or false';
	if (typeof value === 'object') return 'an object';
	return Number.isFinite(value) ? 'a number' : 'no usable number';
}

const isNothing = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
	...[true, 'true', 1, '1'].map((value) => [value, true] as const),
	...[false, 'false', 0, '0'].map((value) => [value, false] as const),
]);

/**
 * The parameters of an item, or the fields of a collection in them. An expression can return any value, so each
 * method returns a value of the field's type, or throws a NodeOperationError for the item that names the field.
 */
export class Parameters {
	constructor(
		private readonly ctx: Pick<IExecuteFunctions, 'getNode'>,
		private readonly itemIndex: number | undefined,
		private readonly read: (field: INodeProperties) => unknown,
	) {}

	/** The value unchanged. Undefined if it is not set. */
	value(field: INodeProperties): unknown {
		return this.read(field);
	}

	refusal(message: string, howTo: string, value?: unknown): NodeOperationError {
		const returned = `If an expression is used, check what it returns: here, it returned ${kindOf(value)}.`;
		return new NodeOperationError(this.ctx.getNode(), message, {
			itemIndex: this.itemIndex,
			description: `${howTo} ${returned}`,
		});
	}

	/** Text without spaces around it. Empty for nothing. */
	text(field: INodeProperties): string {
		return this.textOf(field, this.read(field));
	}

	private textOf({ displayName }: INodeProperties, value: unknown): string {
		if (isNothing(value)) return '';
		if (typeof value === 'string') return value.trim();
		if (typeof value === 'number' && Number.isFinite(value)) return String(value);
		throw this.refusal(`'${displayName}' is not text`, 'Enter text.', value);
	}

	/** Text that is not empty. */
	requiredText(field: INodeProperties): string {
		const text = this.text(field);
		if (text) return text;
		const { displayName } = field;
		throw this.refusal(`'${displayName}' is empty`, `Fill in '${displayName}'.`, '');
	}

	/** The texts of a list, or of one text separated by commas. */
	texts(field: INodeProperties): string[] {
		const value = this.read(field);
		const parts: unknown[] = Array.isArray(value) ? value : this.textOf(field, value).split(',');
		return parts.map((part) => this.textOf(field, part)).filter(Boolean);
	}

	/** A number not below the minimum. The default if it is not set. */
	number(field: INodeProperties): number {
		const { minValue: least = 0 } = field.typeOptions ?? {};
		return this.numberOf(field, (number) => number >= least, `a number of at least ${least}`);
	}

	/** A time above zero, because the editor's minimum is only advice. The default if it is not set. */
	seconds(field: INodeProperties): number {
		return this.numberOf(field, (number) => number > 0, 'a number of seconds above 0');
	}

	private numberOf(
		field: INodeProperties,
		isGood: (number: number) => boolean,
		wanted: string,
	): number {
		const value = this.read(field);
		if (value === undefined) return Number(field.default);
		const isNumber = typeof value === 'number' || typeof value === 'string';
		const number = isNumber && !isNothing(value) ? Number(value) : NaN;
		if (Number.isFinite(number) && isGood(number)) return number;
		throw this.refusal(`'${field.displayName}' is not ${wanted}`, `Enter ${wanted}.`, value);
	}

	/** True or false, even as text. The default if it is empty. */
	boolean(field: INodeProperties): boolean {
		const value = this.read(field);
		if (isNothing(value)) return field.default === true;
		const read = BOOLEANS.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
		if (read !== undefined) return read;
		const { displayName } = field;
		throw this.refusal(
			`'${displayName}' is neither true nor false`,
			`Turn '${displayName}' on or off.`,
			value,
		);
	}

	/** True if the switch was added to a collection and not turned off. Unset counts as off, whatever the default. */
	isOn(field: INodeProperties): boolean {
		return this.has(field) && this.boolean(field);
	}

	/** One of the values of the field. The default if it is empty. */
	choice(field: INodeProperties): string {
		const value = this.read(field);
		if (isNothing(value)) return String(field.default);
		return this.choiceOf(field, value);
	}

	/** Values of the field: a list, or text separated by commas. */
	choices(field: INodeProperties): string[] {
		const values = this.texts(field);
		return [...new Set(values.map((value) => this.choiceOf(field, value)))];
	}

	private choiceOf({ displayName, options }: INodeProperties, value: unknown): string {
		const values = (options as INodePropertyOptions[]).map((one) => String(one.value));
		const wanted = typeof value === 'string' ? value.trim() : value;
		const chosen = values.find((one) => one === wanted);
		if (chosen !== undefined) return chosen;
		throw this.refusal(
			`'${displayName}' has no such value`,
			`Use one of: ${values.join(', ')}.`,
			value,
		);
	}

	/** The ID in a resource locator. Empty if nothing is chosen. */
	id(field: INodeProperties): string {
		const { mode, value } = locatorValue(this.read(field));
		const text = this.textOf(field, value);
		if (!text) return '';
		const id = addressedId(field, mode, text);
		if (id !== undefined) return id;
		throw this.refusal(
			`'${field.displayName}' is not the URL of a workflow`,
			'Open the workflow in Unstructured, and copy the URL from the browser.',
			value,
		);
	}

	/** Whether a field of a collection was set. */
	has(field: INodeProperties): boolean {
		return !isNothing(this.read(field));
	}

	/** The fields of a collection. No fields if it is empty. */
	in({ displayName, ...field }: INodeProperties): Parameters {
		const value = this.read({ displayName, ...field });
		if (!isNothing(value) && !isRecord(value)) {
			throw this.refusal(`'${displayName}' has no fields`, 'Add its fields one by one.', value);
		}
		const fields = isRecord(value) ? value : {};
		return new Parameters(this.ctx, this.itemIndex, ({ name }) =>
			Object.hasOwn(fields, name) ? fields[name] : undefined,
		);
	}
}

/** The parameters of an item. One that a saved workflow omits has its default. */
export const parametersOf = (ctx: IExecuteFunctions, itemIndex: number) =>
	new Parameters(
		ctx,
		itemIndex,
		(field) => ctx.getNodeParameter(field.name, itemIndex, field.default) as unknown,
	);
