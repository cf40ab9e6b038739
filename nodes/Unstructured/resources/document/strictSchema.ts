import type { IDataObject } from 'n8n-workflow';

/** Creates the error for a schema that cannot be used. `path` is the property, such as `lines[].price`. */
export type Refuse = (what: string, path: string) => Error;

/** The levels of nested objects that the extractor accepts (https://docs.unstructured.io/api-reference/workflow/nodes/extract/extract-llm). */
const MOST_LEVELS = 10;

/** The keywords to omit: they do not change the result, and strict schemas reject them. `format` goes into the description. */
const DROPPED = new Set(['$schema', '$id', '$comment', 'default', 'examples', 'example', 'format']);

/** The keywords that a strict schema cannot express with any of its own keywords. */
const UNSUPPORTED = [
	'allOf',
	'not',
	'if',
	'then',
	'else',
	'patternProperties',
	'propertyNames',
	'dependentRequired',
	'dependentSchemas',
	'prefixItems',
	'contains',
	'unevaluatedProperties',
	'unevaluatedItems',
];

const FORMATS: Record<string, string> = {
	date: 'A date as YYYY-MM-DD.',
	'date-time': 'A date and time as YYYY-MM-DDThh:mm:ss with its time zone, if it has one.',
	time: 'A time as hh:mm:ss.',
};

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rule for a text's format, for which a strict schema has no keyword. */
export const formatRule = (format: string) =>
	Object.hasOwn(FORMATS, format) ? FORMATS[format]! : `Format: ${format}.`;

/** Both texts, with a period between them. */
export const withRule = (description: unknown, rule: string) => {
	const text = typeof description === 'string' ? description.trim() : '';
	return text ? `${/[.!?]$/.test(text) ? text : `${text}.`} ${rule}` : rule;
};

const typesOf = ({ type, properties, items }: IDataObject): unknown[] => {
	if (Array.isArray(type)) return type;
	if (type !== undefined) return [type];
	if (properties !== undefined) return ['object'];
	return items === undefined ? [] : ['array'];
};

/** The schema that also allows null. */
function nullable(schema: IDataObject): IDataObject {
	if (Array.isArray(schema.anyOf)) {
		const anyOf = schema.anyOf as IDataObject[];
		return anyOf.some(({ type }) => type === 'null')
			? schema
			: { ...schema, anyOf: [...anyOf, { type: 'null' }] };
	}
	if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
	const allowed = { ...schema };
	const types = typesOf(schema);
	if (types.length > 0 && !types.includes('null')) allowed.type = [...types, 'null'] as string[];
	if (Array.isArray(schema.enum) && !(schema.enum as unknown[]).includes(null)) {
		allowed.enum = [...(schema.enum as string[]), null] as unknown as string[];
	}
	return allowed;
}

/** One pass over a schema. The paths are for error messages. */
class Strict {
	constructor(
		private readonly root: IDataObject,
		private readonly refuse: Refuse,
	) {}

	private checkKeywords(schema: IDataObject, path: string) {
		const unsupported = UNSUPPORTED.find((keyword) => schema[keyword] !== undefined);
		if (unsupported)
			throw this.refuse(`uses '${unsupported}', which the extractor can't follow`, path);
	}

	private checkReference(reference: unknown, path: string) {
		const steps =
			typeof reference === 'string'
				? /^#(?:\/(\$defs|definitions)\/([^/]+))?$/.exec(reference)
				: null;
		if (!steps) throw this.refuse(`has a '$ref' that doesn't lead to '#/$defs/...'`, path);
		const [, group, name] = steps;
		if (!group) return;
		const key = name!.replace(/~1/g, '/').replace(/~0/g, '~');
		const named = this.root[group];
		if (!isObject(named) || !Object.hasOwn(named, key)) {
			throw this.refuse(`refers to '${String(reference)}', which isn't in the schema`, path);
		}
	}

	private object(schema: IDataObject, path: string, level: number): IDataObject {
		if (level > MOST_LEVELS) {
			throw this.refuse(`is nested in more than ${MOST_LEVELS} levels of objects`, path);
		}
		const { properties, required = [], additionalProperties } = schema;
		if (!isObject(properties) || Object.keys(properties).length === 0) {
			throw this.refuse("is an object without 'properties', so nothing could be extracted", path);
		}
		if (isObject(additionalProperties)) {
			throw this.refuse(
				"allows keys of any name in 'additionalProperties', which the extractor can't fill in",
				path,
			);
		}
		if (!Array.isArray(required)) throw this.refuse("has a 'required' that is not a list", path);
		const needed = new Set(required as unknown[]);
		const unknown = [...needed].find((name) => !Object.hasOwn(properties, String(name)));
		if (unknown !== undefined) {
			throw this.refuse(`requires '${String(unknown)}', which isn't in its 'properties'`, path);
		}
		const entries = Object.entries(properties).map(([name, value]) => {
			const strict = this.schema(value, path ? `${path}.${name}` : name, level + 1);
			return [name, needed.has(name) ? strict : nullable(strict)] as const;
		});
		return {
			properties: Object.fromEntries(entries),
			required: entries.map(([name]) => name),
			additionalProperties: false,
		};
	}

	private list(values: unknown, keyword: string, path: string, level: number): IDataObject[] {
		if (!Array.isArray(values) || values.length === 0) {
			throw this.refuse(`has an '${keyword}' that is not a list of schemas`, path);
		}
		return values.map((value) => this.schema(value, path, level));
	}

	/** Converts the definitions, which are written once and can be referenced at any level. */
	definitions(schema: IDataObject): IDataObject {
		const made: IDataObject = {};
		for (const group of ['$defs', 'definitions']) {
			const named = schema[group];
			if (!isObject(named)) continue;
			const entries = Object.entries(named).map(
				([name, value]) => [name, this.schema(value, name, 1)] as const,
			);
			made[group] = Object.fromEntries(entries);
		}
		return made;
	}

	/** @param level the nesting level of the schema if it is an object, from 1 */
	schema(value: unknown, path: string, level: number): IDataObject {
		if (!isObject(value)) throw this.refuse('is not described by a JSON object', path);
		this.checkKeywords(value, path);
		const kept = Object.entries(value).filter(
			([key]) => !DROPPED.has(key) && !['$defs', 'definitions', 'oneOf', 'const'].includes(key),
		);
		const strict: IDataObject = Object.fromEntries(kept);
		if (typeof value.format === 'string') {
			strict.description = withRule(value.description, formatRule(value.format));
		}
		// A const is an enum with one value, to which null can be added.
		if (value.const !== undefined) strict.enum = [value.const] as string[];
		if (value.$ref !== undefined) {
			this.checkReference(value.$ref, path);
			return { $ref: value.$ref };
		}
		const choices = value.anyOf ?? value.oneOf;
		if (choices !== undefined) {
			strict.anyOf = this.list(choices, value.anyOf ? 'anyOf' : 'oneOf', path, level);
			return strict;
		}
		const types = typesOf(value);
		if (types.length === 0 && strict.enum === undefined) throw this.refuse("has no 'type'", path);
		if (types.length > 0) strict.type = (types.length === 1 ? types[0] : types) as string;
		if (types.includes('object')) Object.assign(strict, this.object(value, path, level));
		if (types.includes('array')) {
			if (value.items === undefined)
				throw this.refuse(
					"is a list without 'items', so the type of its members is not known",
					path,
				);
			strict.items = this.schema(value.items, `${path}[]`, level);
		}
		return strict;
	}
}

/**
 * Makes a JSON Schema strict, as the extractor requires: every object lists all its properties in `required` and allows no
 * others, an optional property becomes nullable instead, and unsupported keywords are omitted. Source:
 * https://docs.unstructured.io/api-reference/workflow/nodes/extract/extract-llm (OpenAI's Structured Outputs).
 * @throws the error that `refuse` creates, for a schema without a strict form
 */
export function strictSchema(schema: unknown, refuse: Refuse): IDataObject {
	if (!isObject(schema) || !typesOf(schema).includes('object')) {
		throw refuse("must be an object: a JSON Schema with the type 'object' and 'properties'", '');
	}
	const strict = new Strict(schema, refuse);
	return { ...strict.schema({ ...schema, type: 'object' }, '', 1), ...strict.definitions(schema) };
}
