import fc from 'fast-check';
import { built } from '../../support/built.mjs';

const { parseJson } = built<{
	parseJson: (value: unknown) => { json: unknown } | { reason: string };
}>('items/values');

it('parses JSON and returns other values of expressions unchanged', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(parseJson(JSON.stringify(value))).toEqual({
				json: JSON.parse(JSON.stringify(value)) as unknown,
			});
			if (typeof value !== 'string') expect(parseJson(value)).toEqual({ json: value });
		}),
	);
});

it('never quotes text that it cannot parse', () => {
	const secret = 'wJalrXUtnFEMI';
	const broken = fc
		.tuple(fc.json(), fc.nat())
		.map(([json, at]) => `${json.slice(0, at % (json.length + 1))}${secret}`);
	fc.assert(
		fc.property(broken, (text) => {
			const parsed = parseJson(text);
			expect('reason' in parsed && parsed.reason).toMatch(/^it is not valid JSON \(.+\)$/);
			expect(JSON.stringify(parsed)).not.toContain(secret);
		}),
	);
});

it('reports an empty value', () => {
	expect(parseJson(' \n')).toEqual({ reason: 'it is empty' });
});
