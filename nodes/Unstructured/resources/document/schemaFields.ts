import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { parametersOf } from '../../fields/parameters';
import { isTrue, parseJson } from '../../items/values';
import { isRecord } from '../../transport/json';
import { exampleSchema } from './exampleSchema';
import { formatRule, strictSchema, withRule, type Refuse } from './strictSchema';

const schemaTypeField: INodeProperties = {
	displayName: 'Schema Type',
	name: 'schemaType',
	type: 'options',
	noDataExpression: true,
	default: 'fromAttributes',
	options: [
		{
			name: 'From Attribute Descriptions',
			value: 'fromAttributes',
			description: 'List the fields to extract, each with a type and a description',
		},
		{
			name: 'Generate From JSON Example',
			value: 'fromJson',
			description: 'Enter an example of the result',
		},
		{
			name: 'Define Using JSON Schema',
			value: 'manual',
			description: 'Enter a JSON Schema',
		},
	],
	description: 'How to define the fields to extract',
};

/** The fields for the data to extract, with the familiar names and values of n8n's Information Extractor. */
export const schemaFields: INodeProperties[] = [
	schemaTypeField,
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'fixedCollection',
		placeholder: 'Add Attribute',
		default: {},
		typeOptions: { multipleValues: true },
		displayOptions: { show: { schemaType: ['fromAttributes'] } },
		options: [
			{
				displayName: 'Attribute List',
				name: 'attributes',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. invoice_number',
						description: 'The name of the field in the result',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						required: true,
						default: 'string',
						options: [
							{ name: 'Boolean', value: 'boolean' },
							{ name: 'Date', value: 'date' },
							{ name: 'Number', value: 'number' },
							{ name: 'String', value: 'string' },
						],
						description: 'The type of the value. A date is returned as YYYY-MM-DD.',
					},
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						placeholder: 'e.g. The number of the invoice, at the top right',
						description: 'What the field contains and where it is in the document',
					},
					{
						displayName: 'Required',
						name: 'required',
						type: 'boolean',
						default: false,
						description:
							"Whether every document contains this field. If off, the field is null where it's missing.",
					},
				],
			},
		],
		description: 'The fields to extract from each file',
	},
	{
		displayName: 'JSON Example',
		name: 'jsonSchemaExample',
		type: 'json',
		default:
			'{\n\t"invoice_number": "2026-017",\n\t"total": 119.9,\n\t"lines": [{ "article": "Bolt", "price": 1.5 }]\n}',
		noDataExpression: true,
		typeOptions: { rows: 10 },
		displayOptions: { show: { schemaType: ['fromJson'] } },
		description:
			'A JSON object with a sample value for each field to extract. Fields that a document lacks are returned as null.',
	},
	{
		displayName: 'Input Schema',
		name: 'inputSchema',
		type: 'json',
		default:
			'{\n\t"type": "object",\n\t"properties": {\n\t\t"invoice_number": { "type": "string" },\n\t\t"total": { "type": "number" }\n\t}\n}',
		typeOptions: { rows: 10 },
		displayOptions: { show: { schemaType: ['manual'] } },
		hint: "Properties that aren't listed in 'required' are returned as null where they are missing",
		description: 'The JSON Schema of the data to extract, with at most 10 levels of objects',
	},
];

const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'date'];

type Fail = (message: string, description: string) => NodeOperationError;

/** A text of an attribute, or undefined if the value is not a text. */
const textOf = (value: unknown) =>
	['string', 'number'].includes(typeof value) ? String(value).trim() : undefined;

function attributeSchema(list: unknown, fail: Fail) {
	const attributes: unknown[] = Array.isArray(list) ? list : [];
	if (attributes.length === 0) {
		throw fail('No attributes to extract', "Add one under 'Attributes', or change 'Schema Type'.");
	}
	const properties = new Map<string, IDataObject>();
	const required: string[] = [];
	for (const [index, given] of attributes.entries()) {
		const attribute: Record<string, unknown> = isRecord(given) ? given : {};
		const name = textOf(attribute.name);
		const type = attribute.type ?? 'string';
		if (!name) throw fail(`Attribute ${index + 1} has no name`, "Enter its 'Name'.");
		if (properties.has(name)) {
			throw fail(`Two attributes have the name '${name}'`, 'Rename or remove one of them.');
		}
		if (typeof type !== 'string' || !ATTRIBUTE_TYPES.includes(type)) {
			throw fail(
				`The type of the attribute '${name}' is not valid`,
				`Use one of ${ATTRIBUTE_TYPES.join(', ')}.`,
			);
		}
		const text = textOf(attribute.description);
		const description = type === 'date' ? withRule(text, formatRule('date')) : text;
		properties.set(name, {
			type: type === 'date' ? 'string' : type,
			...(description && { description }),
		});
		if (isTrue(attribute.required)) required.push(name);
	}
	return { type: 'object', properties: Object.fromEntries(properties), required };
}

/** Explains how to fix a JSON parameter without a usable schema. */
const FIXES = {
	'JSON Example': 'Enter a JSON object with a sample value for each field to extract.',
	'Input Schema':
		"Describe each field under 'properties', with a 'type' and, for an object or a list, its own 'properties' or 'items'.",
	Attributes: "Correct the list under 'Attributes'.",
};

const refusal =
	(fail: Fail, parameter: keyof typeof FIXES): Refuse =>
	(what, path) =>
		fail(
			`'${parameter}' can't be used as a schema: ${path ? `'${path}'` : 'it'} ${what}`,
			FIXES[parameter],
		);

function jsonOf(value: unknown, fail: Fail, parameter: keyof typeof FIXES) {
	const parsed = parseJson(value);
	if ('json' in parsed) return parsed.json;
	throw fail(`'${parameter}' can't be read: ${parsed.reason}`, FIXES[parameter]);
}

/**
 * The JSON Schema that the parameters of an item describe, made strict for the extractor. Throws a NodeOperationError that
 * names the part that can't be used.
 */
export function readSchema(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const fail: Fail = (message, description) =>
		new NodeOperationError(ctx.getNode(), message, { itemIndex, description });
	const given = (name: string) => ctx.getNodeParameter(name, itemIndex, '') as unknown;
	const schemaType = parametersOf(ctx, itemIndex).choice(schemaTypeField);
	if (schemaType === 'fromAttributes') {
		const attributes = attributeSchema(given('attributes.attributes'), fail);
		return strictSchema(attributes, refusal(fail, 'Attributes'));
	}
	if (schemaType === 'fromJson') {
		const refuse = refusal(fail, 'JSON Example');
		const example = jsonOf(given('jsonSchemaExample'), fail, 'JSON Example');
		return strictSchema(exampleSchema(example, refuse), refuse);
	}
	const schema = jsonOf(given('inputSchema'), fail, 'Input Schema');
	return strictSchema(schema, refusal(fail, 'Input Schema'));
}
