/** The part of JSON Schema that an extractor accepts: OpenAI's structured outputs. */
export interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: unknown;
	items?: Schema;
	enum?: unknown[];
	anyOf?: Schema[];
}

/** The most levels of a schema. */
const DEEPEST = 10;

const isSchema = (value: unknown): value is Schema =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());

function strictness(schema: Schema, path: string): string | undefined {
	const { properties = {}, required = [], additionalProperties } = schema;
	if (additionalProperties !== false) return `${path} needs additionalProperties: false`;
	const left = Object.keys(properties).find((name) => !required.includes(name));
	return left === undefined ? undefined : `${path} needs '${left}' in required`;
}

/** Returns what is wrong with a schema for strict structured outputs. Undefined if nothing is. */
function fault(schema: unknown, path: string, level: number): string | undefined {
	if (!isSchema(schema)) return `${path} is not a schema`;
	if (level > DEEPEST) return `${path} is deeper than ${DEEPEST} levels`;
	const types = typesOf(schema);
	const isObject = types.includes('object');
	const own = isObject ? strictness(schema, path) : undefined;
	if (own) return own;
	if (types.includes('array') && !schema.items) return `${path} needs items`;
	const inner: Array<[string, unknown]> = [
		...Object.entries(schema.properties ?? {}),
		...(schema.items ? [['items', schema.items] as [string, unknown]] : []),
		...(schema.anyOf ?? []).map((one, i): [string, unknown] => [`anyOf[${i}]`, one]),
	];
	for (const [name, one] of inner) {
		const found = fault(one, `${path}.${name}`, level + 1);
		if (found) return found;
	}
	return undefined;
}

/**
 * Parses the schema of an extractor, which is a text.
 * @throws Error that says what is wrong with it
 */
export function parseSchema(text: unknown): Schema {
	if (typeof text !== 'string') throw new Error('json_schema must be a string');
	let schema: unknown;
	try {
		schema = JSON.parse(text);
	} catch {
		throw new Error('json_schema is not valid JSON');
	}
	if (!isSchema(schema) || !typesOf(schema).includes('object')) {
		throw new Error('json_schema must have the type object at its root');
	}
	const found = fault(schema, 'json_schema', 1);
	if (found) throw new Error(found);
	return schema;
}
