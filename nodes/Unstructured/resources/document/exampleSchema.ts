import type { IDataObject } from 'n8n-workflow';
import type { Refuse } from './strictSchema';

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

const inside = (path: string, name: string) => (path ? `${path}.${name}` : name);

/** The schema of a value with these samples, which are the values of one key in all objects of a list. */
function schemaOf(samples: unknown[], path: string, refuse: Refuse): IDataObject {
	const known = samples.filter((sample) => sample !== null);
	const kinds = [...new Set(known.map(kindOf))];
	if (kinds.length === 0) {
		throw refuse('is empty or null in the example, so its type is not known', path);
	}
	if (kinds.length > 1)
		throw refuse(`has values of different types (${kinds.join(', ')}) in the example`, path);
	if (kinds[0] === 'array') {
		return { type: 'array', items: schemaOf((known as unknown[][]).flat(), `${path}[]`, refuse) };
	}
	if (kinds[0] !== 'object') return { type: kinds[0]! };
	const keys = [...new Set((known as IDataObject[]).flatMap(Object.keys))];
	const properties = keys.map((key) => {
		const values = (known as IDataObject[])
			.filter((one) => Object.hasOwn(one, key))
			.map((one) => one[key]);
		return [key, schemaOf(values, inside(path, key), refuse)] as const;
	});
	return { type: 'object', properties: Object.fromEntries(properties) };
}

/**
 * The JSON Schema of an example: the types of its values, all optional, because a document may not contain each.
 * @throws the error that `refuse` creates, for a value whose type the example does not show
 */
export const exampleSchema = (example: unknown, refuse: Refuse): IDataObject =>
	schemaOf([example], '', refuse);
