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
		'Whether to give the node four outputs, Completed, Failed, Stopped and Running, instead of one',
};

/** Whether the node has an output per status. An agent reads the first output only: split, it would take a job on another one for none. */
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
		'Whether to wait until the job has ended and give it out as it is then. Otherwise it comes out as soon as it is started.',
};

export const waitsForCompletion = (ctx: IExecuteFunctions, itemIndex: number) =>
	parametersOf(ctx, itemIndex).boolean(waitForCompletionField);

export const pollIntervalOption: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	typeOptions: { minValue: 0.5 },
	default: 3,
	description: 'How long to wait before the second look at a job. The pauses grow to 15 seconds.',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 900,
	description: 'How long to wait for a job to end. The job itself is not cancelled.',
};

const failOption: INodeProperties = {
	displayName: 'Fail on Job Failure',
	name: 'failOnJobFailure',
	type: 'boolean',
	default: false,
	description:
		'Whether a job that ends as FAILED or STOPPED makes this node fail. Otherwise it comes out as an item with that status.',
};

const detailsOption: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeDetails',
	type: 'boolean',
	default: false,
	description:
		'Whether to add "processing_status", "summary" and "failed_files" to a finished job: it may be COMPLETED although some files failed',
};

/** Options of everything that waits for jobs. */
const waitOptions = [failOption, detailsOption, pollIntervalOption, timeoutOption];

/** The options of an operation that waits, with further ones, A to Z as n8n wants them. */
export const waitOptionsField = (...further: INodeProperties[]): INodeProperties =>
	optionsField(
		...[...waitOptions, ...further].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	);

/** Seconds. n8n can't keep a later time. */
const LONGEST_TIMEOUT = 365 * 24 * 60 * 60;

/** Reads the options of an operation that waits. Throws a NodeOperationError for one that can't be used. */
export function waitSettings(ctx: IExecuteFunctions, itemIndex: number): WaitSettings {
	const options = parametersOf(ctx, itemIndex).in(optionsField());
	return {
		timeout: Math.min(options.seconds(timeoutOption), LONGEST_TIMEOUT),
		pollInterval: Math.min(options.seconds(pollIntervalOption), LONGEST_TIMEOUT),
		failOnJobFailure: options.boolean(failOption),
		includeDetails: options.boolean(detailsOption),
	};
}

/**
 * What the items of one job ask for together: the longest timeout and the shortest interval. Throws a NodeOperationError
 * that names the values which contradict each other.
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
