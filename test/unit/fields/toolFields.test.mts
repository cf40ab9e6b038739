import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Unstructured } from '../../support/n8n.mjs';

const { properties, defaults } = new Unstructured().description;

/** The fields with this name of the node, or of the tool that n8n derives from it. */
const fields = (wanted: string, isTool: boolean): INodeProperties[] =>
	properties.filter(({ name, displayOptions: { show, hide } = {} }) => {
		const isShown = (show?.['@tool']?.[0] ?? isTool) === isTool;
		return name === wanted && isShown && hide?.['@tool']?.[0] !== isTool;
	});

const defaultsOf = (name: string, isTool: boolean) => [
	...new Set(fields(name, isTool).map((field) => field.default)),
];

it('keeps the fields of the node unchanged', () => {
	expect(defaultsOf('binaryPropertyName', false)).toEqual(['data']);
	expect(defaultsOf('waitForCompletion', false)).toEqual([false]);
	// One field of Document: Parse, and one of Job: Get Output.
	expect(defaultsOf('outputFormat', false)).toEqual(['text', 'elements']);
	expect(defaultsOf('jobId', false)).toEqual(['={{ $json.id }}']);
	expect(fields('simplify', false)).toEqual([]);
	expect(fields('maxCharacters', false)).toEqual([]);
});

it('makes the tool take a file by expression, wait, return text, and get the job from the model', () => {
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

it('keeps every field that both have, in every operation', () => {
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

it('names the tool of every operation as OpenAI accepts it', () => {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => options as INodePropertyOptions[]);
	expect(operations.length).toBeGreaterThan(20);
	for (const { action } of operations) {
		// The name that n8n gives a new tool.
		const name = `${action} in ${defaults.name}`.replace(/[^a-zA-Z0-9_-]+/g, '_');
		expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
	}
});
