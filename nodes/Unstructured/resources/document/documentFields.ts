import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fileFields } from '../../fields/files';
import { filesPerJob, filesPerJobOption } from '../../fields/filesPerJob';
import { optionsField } from '../../fields/list';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { pollIntervalOption, timeoutOption, waitSettings } from '../../fields/waiting';
import type { WaitOptions } from '../../jobs/wait/waitForJobs';

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

/** What both operations read from the options. */
export interface DocumentSettings extends WaitOptions {
	filesPerJob: number;
	includeInputFields: boolean;
}

export const optionsOf = (ctx: IExecuteFunctions, itemIndex: number): Parameters =>
	parametersOf(ctx, itemIndex).in(optionsField());

/** Whether a switch among the options was added, and left on. */
export const isAdded = (options: Parameters, field: INodeProperties) =>
	options.has(field) && options.boolean(field);

/** Reads the options of an item. Throws a NodeOperationError for one that can't be used. */
export function documentSettings(ctx: IExecuteFunctions, itemIndex: number): DocumentSettings {
	const { timeout, pollInterval } = waitSettings(ctx, itemIndex);
	return {
		timeout,
		pollInterval,
		filesPerJob: filesPerJob(ctx, itemIndex),
		includeInputFields: isAdded(optionsOf(ctx, itemIndex), includeInputFieldsOption),
	};
}
