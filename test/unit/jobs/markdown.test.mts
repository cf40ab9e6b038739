import type { IDataObject } from 'n8n-workflow';
import type * as Markdown from '../../../nodes/Unstructured/jobs/markdown.js';
import { built } from '../../support/built.mjs';

const { MarkdownWriter } = built<typeof Markdown>('jobs/markdown');

function write(...elements: IDataObject[]) {
	const writer = new MarkdownWriter();
	for (const element of elements) writer.add(element);
	return writer.toString();
}

it('joins headings, paragraphs, lists and code', () => {
	const text = write(
		{ type: 'Title', text: 'Report', metadata: { category_depth: 0 } },
		{ type: 'Title', text: 'Part\n1', metadata: { category_depth: 1 } },
		{ type: 'NarrativeText', text: ' Some text. ' },
		{ type: 'ListItem', text: 'one' },
		{ type: 'ListItem', text: 'two' },
		{ type: 'PageBreak', text: '' },
		{ type: 'CodeSnippet', text: 'x = 1' },
		{ type: 'PageNumber', text: '7' },
		{ type: 'SomethingNew', text: 'kept' },
	);
	expect(text).toBe(
		'# Report\n\n## Part 1\n\nSome text.\n\n- one\n- two\n\n```\nx = 1\n```\n\nkept',
	);
});

it('makes a Markdown table of an HTML one', () => {
	const html =
		'<table><thead><tr><th>Name</th><th>Sum</th></tr></thead><tbody><tr><td>A&amp;B</td><td>1|2</td></tr><tr><td>C</td></tr></tbody></table>';
	expect(write({ type: 'Table', text: 'x', metadata: { text_as_html: html } })).toBe(
		'| Name | Sum |\n| --- | --- |\n| A&B | 1\\|2 |\n| C |  |',
	);
});

it('keeps a table that Markdown cannot say as HTML, and takes the text of one without HTML', () => {
	const html = '<table><tr><td colspan="2">a</td></tr></table>';
	expect(write({ type: 'Table', text: 'x', metadata: { text_as_html: html } })).toBe(html);
	expect(write({ type: 'Table', text: 'a b' })).toBe('a b');
});

it.each([{}, { type: 'Title' }, { type: 'Title', text: null }, { type: 'Table', metadata: null }])(
	'makes nothing of %j',
	(element) => {
		expect(write(element as IDataObject)).toBe('');
	},
);
