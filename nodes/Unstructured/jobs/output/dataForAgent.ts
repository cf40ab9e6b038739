import type { IDataObject } from 'n8n-workflow';
import type { Collector } from './collector';
import { dataBlock } from './markdown';
import { dataOf, isElement } from './outputShapes';

const NO_DATA = 'No data was found in the file.';

const joined = (data: string, text: unknown) =>
	typeof text === 'string' && text ? `${data}\n\n${text}` : data;

/** The item of a file, with its data in `text`. */
function fileWithData({ data, text, ...others }: IDataObject): IDataObject {
	return { ...others, text: joined(data === null ? NO_DATA : dataBlock(data), text) };
}

/** An element with its data in `text`, or data that is no element as a text. Other elements stay as they are. */
function elementWithData(json: IDataObject): IDataObject {
	const data = dataOf(json);
	if (data === undefined || data === null) return json;
	return isElement(json)
		? { ...json, text: joined(dataBlock(data), json.text) }
		: { text: dataBlock(data) };
}

const CHANGES: Partial<Record<string, (json: IDataObject) => IDataObject>> = {
	elements: elementWithData,
	extractedData: fileWithData,
};

/**
 * Makes a collector return extracted data as a code block in `text`, as an AI agent gets it. Only a text says where it was
 * truncated. In other fields lists are shortened and empty fields omitted, so the model would read other data.
 */
export function dataForAgent(collector: Collector, format: string): Collector {
	const change = CHANGES[format];
	if (!change) return collector;
	return {
		...collector,
		finish() {
			const { items, isEmpty } = collector.finish();
			for (const item of items) item.json = change(item.json);
			return { items, isEmpty };
		},
	};
}
