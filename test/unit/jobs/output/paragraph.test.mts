import type * as Paragraph from '../../../../nodes/Unstructured/jobs/output/paragraph.js';
import { built } from '../../../support/built.mjs';

const { paragraph } = built<typeof Paragraph>('jobs/output/paragraph');

it.each(['# 1 of 2', '> 50 %', '- not a list', '+ 4', '* note', '```', '~~~', 'Total\n---', '-'])(
	'escapes the text %j so it stays plain text',
	(text) => {
		expect(paragraph(text)).toMatch(/(^|\n)\\/);
	},
);

it.each(['#hashtag', '-5 degrees', '3 > 2', 'a - b', '*bold*', '1. Introduction'])(
	'keeps the text %j unchanged',
	(text) => {
		expect(paragraph(text)).toBe(text);
	},
);
