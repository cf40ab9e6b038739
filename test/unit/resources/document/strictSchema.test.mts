import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type * as Module from '../../../../nodes/Unstructured/resources/document/strictSchema.js';
import { built } from '../../../support/built.mjs';

const { strictSchema } = built<typeof Module>('resources/document/strictSchema');

const strict = (schema: unknown) =>
	strictSchema(schema, (what: string, path: string) => new Error(`${path}: ${what}`));

const object = (properties: object, required: string[] = Object.keys(properties)) => ({
	type: 'object',
	properties,
	required,
});

/** The part of JSON Schema that the generated schemas use. */
interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

describe('strictSchema', () => {
	it('requires every property and allows no others, at every level', () => {
		const lines = { type: 'array', items: object({ price: { type: 'number' } }) };
		expect(strict(object({ seller: object({ name: { type: 'string' } }), lines }))).toEqual({
			type: 'object',
			properties: {
				seller: {
					type: 'object',
					properties: { name: { type: 'string' } },
					required: ['name'],
					additionalProperties: false,
				},
				lines: {
					type: 'array',
					items: {
						type: 'object',
						properties: { price: { type: 'number' } },
						required: ['price'],
						additionalProperties: false,
					},
				},
			},
			required: ['seller', 'lines'],
			additionalProperties: false,
		});
	});

	it.each([
		[{ type: 'string' }, { type: ['string', 'null'] }],
		[{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
		[
			{ type: 'string', enum: ['a'] },
			{ type: ['string', 'null'], enum: ['a', null] },
		],
		[{ enum: ['a', 1] }, { enum: ['a', 1, null] }],
		[{ const: 'a' }, { enum: ['a', null] }],
		[
			{ anyOf: [{ type: 'string' }, { type: 'number' }] },
			{ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
		],
		[
			{ oneOf: [{ type: 'string' }, { type: 'null' }] },
			{ anyOf: [{ type: 'string' }, { type: 'null' }] },
		],
	])('makes the optional property %j nullable', (property, expected) => {
		expect(strict(object({ it: property }, [])).properties).toEqual({ it: expected });
	});

	it('makes a reference nullable next to it, and keeps the definitions strict', () => {
		const $defs = { place: object({ city: { type: 'string' } }, []) };
		const made = strict({ ...object({ at: { $ref: '#/$defs/place' } }, []), $defs });
		expect(made.properties).toEqual({
			at: { anyOf: [{ $ref: '#/$defs/place' }, { type: 'null' }] },
		});
		expect(made.$defs).toEqual({
			place: {
				type: 'object',
				properties: { city: { type: ['string', 'null'] } },
				required: ['city'],
				additionalProperties: false,
			},
		});
	});

	it('omits keywords that strict schemas do not support, but no property of the same name', () => {
		const made = strict({
			$schema: 'http://json-schema.org/draft-07/schema#',
			...object({ default: { type: 'string', default: 'x', examples: ['y'] } }),
		});
		expect(made).toEqual({
			type: 'object',
			properties: { default: { type: 'string' } },
			required: ['default'],
			additionalProperties: false,
		});
	});

	it('moves a format into the description', () => {
		const due = { type: 'string', format: 'date', description: 'When it is due' };
		expect(strict(object({ due })).properties).toEqual({
			due: { type: 'string', description: 'When it is due. A date as YYYY-MM-DD.' },
		});
	});

	it.each([
		['a list as the root', { type: 'array', items: { type: 'string' } }, ': must be an object'],
		['a string as the root', 'invoice', ': must be an object'],
		[
			'an object without properties',
			object({ a: { type: 'object' } }),
			"a: is an object without 'properties'",
		],
		[
			'a map',
			object({
				a: { ...object({ b: { type: 'string' } }), additionalProperties: { type: 'string' } },
			}),
			'a: allows keys of any name',
		],
		['a list without items', object({ a: { type: 'array' } }), "a: is a list without 'items'"],
		['a property without a type', object({ a: { description: 'x' } }), "a: has no 'type'"],
		[
			'a property that is a string',
			object({ a: 'string' }),
			'a: is not described by a JSON object',
		],
		['allOf', object({ a: { allOf: [{ type: 'string' }] } }), "a: uses 'allOf'"],
		[
			'a reference elsewhere',
			object({ a: { $ref: 'https://example.com/s.json' } }),
			"a: has a '$ref'",
		],
		[
			'a reference without a target',
			object({ a: { $ref: '#/$defs/b' } }),
			"a: refers to '#/$defs/b'",
		],
		['a missing required property', object({ a: { type: 'string' } }, ['b']), ": requires 'b'"],
		[
			'an invalid nested member',
			object({ a: { type: 'array', items: object({ b: true }) } }),
			'a[].b: is not described',
		],
	])('rejects %s', (_, schema, message) => {
		expect(() => strict(schema)).toThrow(message);
	});

	const nested = (levels: number): object =>
		levels === 1 ? object({ end: { type: 'string' } }) : object({ in: nested(levels - 1) });

	it('accepts 10 levels of objects and rejects 11', () => {
		expect(strict(nested(10)).type).toBe('object');
		expect(() => strict(nested(11))).toThrow('nested in more than 10 levels');
	});

	it('accepts what the original schema accepted, with null for omitted values', () => {
		const scalar = fc.constantFrom({ type: 'string' }, { type: 'number' }, { type: 'boolean' });
		const { node } = fc.letrec((tie) => ({
			node: fc.oneof(
				{ maxDepth: 3 },
				scalar,
				fc.record({ type: fc.constant('array'), items: tie('node') }),
				tie('object'),
			),
			object: fc
				.tuple(
					fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), tie('node'), {
						minKeys: 1,
						maxKeys: 4,
					}),
					fc.func(fc.boolean()),
				)
				.map(([properties, isNeeded]) =>
					object(
						properties,
						Object.keys(properties).filter((name) => isNeeded(name)),
					),
				),
		}));
		const sample = ({ type, properties, items }: Schema): unknown => {
			const types = [type].flat();
			if (types.includes('null')) return null;
			if (types[0] === 'object') {
				const entries = Object.entries(properties ?? {});
				return Object.fromEntries(entries.map(([name, one]) => [name, sample(one)]));
			}
			if (types[0] === 'array') return [sample(items!)];
			return { string: 'x', number: 1, boolean: true }[types[0]];
		};
		const ajv = new Ajv2020({ strictTypes: false });
		fc.assert(
			fc.property(node, (inner) => {
				const made = strict(object({ inner }, [])) as unknown as Schema;
				expect(ajv.validate(made, sample(made))).toBe(true);
				expect(ajv.validate(made, { ...(sample(made) as object), other: 1 })).toBe(false);
			}),
			{ numRuns: 300 },
		);
	});
});
