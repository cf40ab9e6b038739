import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asElement, type Collector } from './collector';
import { dataFound } from './collectData';
import { dataOf } from './outputShapes';
import { shareTexts } from './shareTexts';

/** Collects elements, one per item or in a list. Next to a list, `data` is what an extractor found. */
export function collectElements({ asOneItem = false } = {}): Collector {
	const elements: IDataObject[] = [];
	const found: unknown[] = [];
	return {
		isOwn: true,
		add(member) {
			if (member === null) return;
			const element = asElement(member);
			const before = elements.at(-1);
			if (before) shareTexts(element, before);
			elements.push(element);
			if (asOneItem) found.push(dataOf(member));
		},
		finish() {
			const isEmpty = elements.length === 0;
			if (!asOneItem) return { items: elements.map((json) => ({ json })), isEmpty };
			const data = dataFound(found);
			const json = { elements, ...(data !== null && { data }) };
			return { items: [{ json } as INodeExecutionData], isEmpty };
		},
	};
}
