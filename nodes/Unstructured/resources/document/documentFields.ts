import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fileFields } from '../../fields/files';
import { filesPerJob, filesPerJobOption } from '../../fields/filesPerJob';
import { optionsField } from '../../fields/list';
import { parametersOf, type Parameters } from '../../fields/parameters';
import {
	pollIntervalOption,
	sortedOptionsField,
	timeoutOption,
	waitSettings,
} from '../../fields/waiting';
import type { WaitOptions } from '../../jobs/wait/waitForJobs';

/** The field that selects the files. */
export const documentFileFields = fileFields.filter(({ name }) => name === 'binaryPropertyName');

const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: true,
	description: 'Whether to add the JSON of the input item to each result, in the field "input"',
};

/** The options of both operations, and additional ones. */
export const documentOptionsField = (...further: INodeProperties[]): INodeProperties =>
	sortedOptionsField(
		filesPerJobOption,
		includeInputFieldsOption,
		pollIntervalOption,
		timeoutOption,
		...further,
	);

/** The options that both operations read. */
export interface DocumentSettings extends WaitOptions {
	filesPerJob: number;
	includeInputFields: boolean;
}

export const optionsOf = (ctx: IExecuteFunctions, itemIndex: number): Parameters =>
	parametersOf(ctx, itemIndex).in(optionsField());

/** Reads the options of an item. Throws a NodeOperationError for one that can't be used. */
export function documentSettings(ctx: IExecuteFunctions, itemIndex: number): DocumentSettings {
	const { timeout, pollInterval } = waitSettings(ctx, itemIndex);
	return {
		timeout,
		pollInterval,
		filesPerJob: filesPerJob(ctx, itemIndex),
		includeInputFields: optionsOf(ctx, itemIndex).isOn(includeInputFieldsOption),
	};
}
