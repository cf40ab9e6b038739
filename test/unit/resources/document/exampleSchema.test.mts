import type * as Module from '../../../../nodes/Unstructured/resources/document/exampleSchema.js';
import { built } from '../../../support/built.mjs';

const { exampleSchema } = built<typeof Module>('resources/document/exampleSchema');

const schema = (example: unknown) =>
	exampleSchema(example, (what: string, path: string) => new Error(`${path}: ${what}`));

describe('exampleSchema', () => {
	it('uses the types of the values', () => {
		const lines = [
			{ name: 'Bolt', price: 1.5 },
			{ name: 'Nut', amount: 2 },
		];
		expect(schema({ number: '17', paid: true, lines })).toEqual({
			type: 'object',
			properties: {
				number: { type: 'string' },
				paid: { type: 'boolean' },
				lines: {
					type: 'array',
					items: {
						type: 'object',
						properties: {
							name: { type: 'string' },
							price: { type: 'number' },
							amount: { type: 'number' },
						},
					},
				},
			},
		});
	});

	it('uses the type of the other members of a list for a null value', () => {
		expect(schema([{ a: null }, { a: 1 }]).items).toEqual({
			type: 'object',
			properties: { a: { type: 'number' } },
		});
	});

	it.each([
		[{ a: null }, 'a: is empty or null'],
		[{ a: { b: [] } }, 'a.b[]: is empty or null'],
		[{ a: [1, 'x'] }, 'a[]: has values of different types (number, string)'],
		[{ a: [{ b: 1 }, { b: [1] }] }, 'a[].b: has values of different types'],
	])('rejects %j', (example, message) => {
		expect(() => schema(example)).toThrow(message);
	});

	it('keeps a key with the name of a JavaScript property', () => {
		const example = JSON.parse('{"__proto__": 1, "constructor": "x"}') as object;
		expect(Object.keys((schema(example) as { properties: object }).properties)).toEqual([
			'__proto__',
			'constructor',
		]);
	});
});
