import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { optionsField } from './list';
import { parametersOf } from './parameters';

/** The most files that Unstructured accepts in one on-demand job (docs/api-notes.md 10.1). */
const FILES_PER_JOB = 10;

export const filesPerJobOption: INodeProperties = {
	displayName: 'Files per Job',
	name: 'filesPerJob',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: FILES_PER_JOB,
	description:
		'The maximum number of files in one job. More files become several jobs, started at least a second apart. Unstructured accepts up to 10.',
};

/** The most files in one on-demand job. Throws a NodeOperationError for a number below 1. */
export const filesPerJob = (ctx: IExecuteFunctions, itemIndex: number): number =>
	Math.floor(parametersOf(ctx, itemIndex).in(optionsField()).number(filesPerJobOption));
