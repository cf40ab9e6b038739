import type { INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../transport/json';
import { asElement, pageOf, type Collector } from './collector';
import { MarkdownWriter } from './markdown';
import { dataOf, isElement } from './outputShapes';

/** Adds an element or a text. Any other member has no text to add. */
export function addMember(writer: MarkdownWriter, member: unknown) {
	if (typeof member === 'string' || isElement(member)) writer.add(asElement(member));
}

/** Collects the text of a file as Markdown, as one item. Keeps none of its elements. */
export function collectText(): Collector {
	const writer = new MarkdownWriter();
	let lastPage: number | null = null;
	return {
		add(member) {
			const page = pageOf(member);
			if (page !== null && (lastPage === null || page > lastPage)) lastPage = page;
			const data = dataOf(member);
			if (data !== undefined && data !== null) writer.addData(data);
			addMember(writer, member);
		},
		finish() {
			const text = writer.toString();
			const item: INodeExecutionData = { json: { text, page_count: lastPage } };
			return { items: [item], isEmpty: text === '' };
		},
	};
}

/** Collects the text of each page as Markdown, one item per page, in the order of the output. */
export function collectPages(): Collector {
	const pages = new Map<number | null, MarkdownWriter>();
	return {
		add(member) {
			if (isRecord(member) && member.type === 'PageBreak') return;
			if (typeof member !== 'string' && (!isElement(member) || dataOf(member) !== undefined))
				return;
			const page = pageOf(member);
			const writer = pages.get(page) ?? new MarkdownWriter();
			pages.set(page, writer);
			addMember(writer, member);
		},
		finish() {
			const items = [...pages].map(([page, writer]) => ({
				json: { page_number: page, text: writer.toString() },
			}));
			return { items, isEmpty: items.length === 0 };
		},
	};
}
