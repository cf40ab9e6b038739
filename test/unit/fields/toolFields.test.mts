import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Unstructured } from '../../support/n8n.mjs';

const { properties, defaults } = new Unstructured().description;

/** The fields of that name which the node, or the tool that n8n makes of it, has. */
const fields = (wanted: string, isTool: boolean): INodeProperties[] =>
	properties.filter(({ name, displayOptions: { show, hide } = {} }) => {
		const isShown = (show?.['@tool']?.[0] ?? isTool) === isTool;
		return name === wanted && isShown && hide?.['@tool']?.[0] !== isTool;
	});

const defaultsOf = (name: string, isTool: boolean) => [
	...new Set(fields(name, isTool).map((field) => field.default)),
];

it('the node is as ever', () => {
	expect(defaultsOf('binaryPropertyName', false)).toEqual(['data']);
	expect(defaultsOf('waitForCompletion', false)).toEqual([false]);
	// Of Document: Parse, and of Job: Get Output.
	expect(defaultsOf('outputFormat', false)).toEqual(['text', 'elements']);
	expect(defaultsOf('jobId', false)).toEqual(['={{ $json.id }}']);
	expect(fields('simplify', false)).toEqual([]);
	expect(fields('maxCharacters', false)).toEqual([]);
});

it('its tool asks for a file by expression, waits, gives text, and lets the model fill in the job', () => {
	expect(defaultsOf('binaryPropertyName', true)).toEqual(['']);
	for (const { hint } of fields('binaryPropertyName', true))
		expect(hint).toMatch(/file with an expression.*\{\{ \$\('Form'\)/);
	expect(defaultsOf('waitForCompletion', true)).toEqual([true]);
	expect(defaultsOf('outputFormat', true)).toEqual(['text']);
	expect(defaultsOf('jobId', true)).toEqual([expect.stringContaining("$fromAI('Job_ID', `")]);
	expect(defaultsOf('simplify', true)).toEqual([true]);
	expect(fields('splitByStatus', true)).toEqual([]);
	expect(fields('jobGrouping', true)).toEqual([]);
});

it('no operation loses a field that both have', () => {
	const places = (name: string, isTool: boolean) =>
		fields(name, isTool).map(({ displayOptions }) => {
			const { resource, operation } = displayOptions?.show ?? {};
			return { resource, operation };
		});
	for (const name of ['binaryPropertyName', 'jobId', 'outputFormat', 'waitForCompletion']) {
		expect(places(name, false).length).toBeGreaterThan(0);
		expect(places(name, true)).toEqual(places(name, false));
	}
});

it('every operation makes a name that OpenAI takes for a tool', () => {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => options as INodePropertyOptions[]);
	expect(operations.length).toBeGreaterThan(20);
	for (const { action } of operations) {
		// As n8n names a new tool.
		const name = `${action} in ${defaults.name}`.replace(/[^a-zA-Z0-9_-]+/g, '_');
		expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
	}
});
