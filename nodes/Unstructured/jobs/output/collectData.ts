import type { INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../transport/json';
import type { Collector, ReadOptions } from './collector';
import { addMember } from './collectText';
import { MarkdownWriter } from './markdown';
import { dataOf, isElement } from './outputShapes';

const isSomething = (data: unknown) =>
	isRecord(data) ? Object.keys(data).length > 0 : Array.isArray(data) && data.length > 0;

/** Returns the data of an output: that of its only member with data, a list if several have some, and null if none has. */
export function dataFound(found: unknown[]): unknown {
	const data = found.filter(isSomething);
	return data.length > 1 ? data : (data[0] ?? null);
}

/** Collects the data that an extractor found, as one item. */
export function collectData({ includeText }: ReadOptions): Collector {
	const found: unknown[] = [];
	const writer = new MarkdownWriter();
	return {
		add(member) {
			found.push(dataOf(member));
			if (includeText && (typeof member === 'string' || isElement(member)))
				addMember(writer, member);
		},
		finish() {
			const data = dataFound(found);
			const json = { data, ...(includeText && { text: writer.toString() }) };
			return { items: [{ json } as INodeExecutionData], isEmpty: data === null };
		},
	};
}
