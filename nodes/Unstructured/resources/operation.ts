import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { ItemResults } from '../items/itemResults';

/** One operation of a resource: its fields and its code. */
export interface Operation {
	option: INodePropertyOptions & { value: string; action: string };
	fields: INodeProperties[];
	execute: (ctx: IExecuteFunctions, results: ItemResults) => Promise<void>;
}

export interface Resource {
	/** The resource's name in the list of resources. */
	option: INodePropertyOptions & { value: string };
	operations: ReadonlyMap<string, Operation>;
	/** The operation list and the fields of all operations, each shown for its operation. */
	properties: INodeProperties[];
}

/** Builds a resource from its operations, in the order of the list. */
export function defineResource(
	option: Resource['option'],
	operations: Operation[],
	defaultOperation: string,
): Resource {
	const selector: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [option.value] } },
		options: operations.map((operation) => operation.option),
		default: defaultOperation,
	};
	const fields = operations.flatMap((operation) =>
		updateDisplayOptions(
			{ show: { resource: [option.value], operation: [operation.option.value] } },
			operation.fields,
		),
	);
	return {
		option,
		operations: new Map(operations.map((one) => [one.option.value, one])),
		properties: [selector, ...fields],
	};
}
