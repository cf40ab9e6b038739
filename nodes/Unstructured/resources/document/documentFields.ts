import type { INodeProperties } from 'n8n-workflow';
import { fileFields } from '../../fields/files';
import { optionsField } from '../../fields/list';
import { filesPerJobOption } from '../../fields/filesPerJob';
import { pollIntervalOption, timeoutOption } from '../../fields/waiting';

/** Which files are processed. */
export const documentFileFields = fileFields.filter(({ name }) => name === 'binaryPropertyName');

const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: true,
	description: "Whether to add the JSON of the file's input item to each result, under 'input'",
};

/** The options of both operations, with further ones, A to Z as n8n wants them. */
export const documentOptionsField = (...further: INodeProperties[]): INodeProperties =>
	optionsField(
		...[
			filesPerJobOption,
			includeInputFieldsOption,
			pollIntervalOption,
			timeoutOption,
			...further,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	);
