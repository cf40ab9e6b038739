import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTool } from '../items/agentAnswer';
import type { WaitSettings } from '../jobs/wait/returnJob';
import { longest, type WaitOptions } from '../jobs/wait/waitForJobs';
import { optionsField } from './list';
import { parametersOf } from './parameters';
import { sameForAll, sameInJob } from './sameForAll';

export const splitByStatusField: INodeProperties = {
	displayName: 'Split by Status',
	name: 'splitByStatus',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to use four outputs: Completed, Failed, Stopped, and Running. If off, every job is returned on the same output.',
};

/** A notice for the case that 'Split by Status' only moves every job to another output. */
export const splitNotice: INodeProperties = {
	displayName:
		"Without 'Wait for Completion', every job is returned on the output 'Running', because it has just started",
	name: 'splitNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { splitByStatus: [true], waitForCompletion: [false] } },
};

/** Whether the node has an output per status. Never for an agent: it reads the first output only and would miss the others. */
export const isSplit = (ctx: IExecuteFunctions) =>
	!isTool(ctx) &&
	sameForAll(ctx, splitByStatusField, (parameters) => parameters.boolean(splitByStatusField));

export const waitForCompletionField: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to wait for the job to finish before returning it. If off, the job is returned as soon as it starts.',
};

export const waitsForCompletion = (ctx: IExecuteFunctions, itemIndex: number) =>
	parametersOf(ctx, itemIndex).boolean(waitForCompletionField);

export const pollIntervalOption: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	typeOptions: { minValue: 0.5 },
	default: 3,
	description:
		'How long to wait between checks. The interval grows after each check, up to 15 seconds.',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 900,
	description:
		'How long to wait for the job to finish before failing. The job itself is not canceled.',
};

const failOption: INodeProperties = {
	displayName: 'Fail on Job Failure',
	name: 'failOnJobFailure',
	type: 'boolean',
	default: true,
	description:
		'Whether to fail if a job finishes as FAILED or STOPPED. If off, the job is returned with that status.',
};

const detailsOption: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: true,
	description:
		'Whether to add "processing_status", "summary", and "failed_files" to a finished job. Even a COMPLETED job may contain failed files.',
};

/** An option that has no effect unless the node waits. */
export const onlyIfWaiting = (option: INodeProperties): INodeProperties => ({
	...option,
	displayOptions: { show: { '/waitForCompletion': [true] } },
});

/** The options for finished jobs. */
export const finishedOptions = [failOption, detailsOption];

/** Options, A to Z, as n8n's lint requires. */
export const sortedOptionsField = (...options: INodeProperties[]): INodeProperties =>
	optionsField(...options.sort((a, b) => a.displayName.localeCompare(b.displayName)));

/** Seconds. n8n can't store a later time. */
const LONGEST_TIMEOUT = 365 * 24 * 60 * 60;

/** Reads the options of an operation that waits. Throws a NodeOperationError for one that can't be used. */
export function waitSettings(ctx: IExecuteFunctions, itemIndex: number): WaitSettings {
	const options = parametersOf(ctx, itemIndex).in(optionsField());
	return {
		timeout: Math.min(options.seconds(timeoutOption), LONGEST_TIMEOUT),
		pollInterval: Math.min(options.seconds(pollIntervalOption), LONGEST_TIMEOUT),
		failOnJobFailure: options.isOn(failOption),
		includeDetails: options.isOn(detailsOption),
	};
}

/**
 * The combined options of the items of one job: the longest timeout and the shortest interval. Throws a NodeOperationError
 * that names contradicting values.
 */
export function settingsOfJob(
	ctx: IExecuteFunctions,
	items: Array<{ item: number; settings: WaitSettings }>,
): WaitSettings {
	const one = <Value>(field: INodeProperties, valueOf: (settings: WaitSettings) => Value) =>
		sameInJob(
			ctx,
			field,
			items.map(({ item, settings }) => ({ item, value: valueOf(settings) })),
		);
	const all = items.map(({ settings }) => settings);
	return {
		...all.reduce<WaitOptions>(longest, all[0]!),
		failOnJobFailure: one(failOption, ({ failOnJobFailure }) => failOnJobFailure),
		includeDetails: one(detailsOption, ({ includeDetails }) => includeDetails),
	};
}
