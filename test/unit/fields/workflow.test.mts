import fc from 'fast-check';
import type * as Workflow from '../../../nodes/Unstructured/fields/workflow.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { workflowLocator } = built<typeof Workflow>('fields/workflow');

const { extractValue, validation } = workflowLocator.modes!.find(({ name }) => name === 'url')!;
const extract = new RegExp((extractValue as { regex: string }).regex);
const [rule] = validation as unknown as Array<{ properties: { regex: string } }>;
const valid = new RegExp(rule.properties.regex);

const hex = fc.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

it('finds the workflow ID in any URL of its page', () => {
	const rest = fc.constantFrom('', '/', '/edit', '?tab=1', '#top', '/jobs?x=%2F');
	fc.assert(
		fc.property(
			fc.webUrl({ withFragments: false, withQueryParameters: false }),
			hex,
			hex,
			rest,
			(url, id, other, end) => {
				const address = `${url.replace(/\/$/, '')}/${other}/workflows/${id}${end}`;
				expect(valid.test(address)).toBe(true);
				expect(extract.exec(address)?.[1]).toBe(id);
			},
		),
		{ numRuns: CASES },
	);
});

const ID = 'f0a1b2c3-4d5e-6f7a-8b9c-0d1e2f3a4b5c';

it.each([
	`HTTPS://platform.unstructured.io/workflows/${ID}`,
	` https://platform.unstructured.io/workflows/${ID}`,
	`https://platform.unstructured.io/workflows/edit/${ID}?tab=1`,
	`https://platform.unstructured.io/jobs?workflowId=${ID}`,
])('accepts %j', (url) => {
	expect(valid.test(url)).toBe(true);
	expect(extract.exec(url)?.[1]).toBe(ID);
});

it.each([
	`https://platform.unstructured.io/sources/${ID}`,
	`https://platform.unstructured.io/destinations/${ID}`,
	`https://platform.unstructured.io/workflows/sources/${ID}`,
	`https://platform.unstructured.io/jobs/${ID}`,
	`ftp://platform.unstructured.io/workflows/${ID}`,
])('rejects %j', (url) => {
	expect(valid.test(url)).toBe(false);
	expect(extract.exec(url)).toBeNull();
});

it('matches any text quickly', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 2_000 }),
		fc
			.array(
				fc.constantFrom('https://', 'workflow', 'workflows/', '/', '=', '0a1b2c3d', '-4e5f', '%2e'),
			)
			.map((steps) => `https://${steps.join('')}`),
	);
	fc.assert(
		fc.property(text, (value) => {
			const started = performance.now();
			const id = extract.exec(value)?.[1];
			if (id !== undefined) expect(id).toMatch(/^[0-9a-f-]{36}$/i);
			expect(valid.test(value)).toBe(id !== undefined);
			expect(performance.now() - started).toBeLessThan(1_000);
		}),
		{ numRuns: CASES },
	);
});
