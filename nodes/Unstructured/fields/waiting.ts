import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTool } from '../items/agentAnswer';
import { isTrue } from '../items/values';
import type { WaitSettings } from '../jobs/wait/returnJob';
import type { WaitOptions } from '../jobs/wait/waitForJobs';
import { optionsField } from './list';

const WAIT_DEFAULTS: WaitOptions = { timeout: 900, pollInterval: 3 };

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
	!isTool(ctx) && isTrue(ctx.getNodeParameter('splitByStatus', 0, false));

export const waitForCompletionField: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to wait until the job has ended and give it out as it is then. Otherwise it comes out as soon as it is started.',
};

export const waitsForCompletion = (ctx: IExecuteFunctions) =>
	isTrue(ctx.getNodeParameter('waitForCompletion', 0, false));

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

/** Options of everything that waits for jobs. */
const waitOptions: INodeProperties[] = [
	{
		displayName: 'Fail on Job Failure',
		name: 'failOnJobFailure',
		type: 'boolean',
		default: false,
		description:
			'Whether a job that ends as FAILED or STOPPED makes this node fail. Otherwise it comes out as an item with that status.',
	},
	{
		displayName: 'Include Details',
		name: 'includeDetails',
		type: 'boolean',
		default: false,
		description:
			'Whether to add "processing_status" and "failed_files" to a job that has ended: it may be COMPLETED although some files failed',
	},
	pollIntervalOption,
	timeoutOption,
];

/** The options of an operation that waits, with further ones, A to Z as n8n wants them. */
export const waitOptionsField = (...further: INodeProperties[]): INodeProperties =>
	optionsField(
		...[...waitOptions, ...further].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	);

/** Reads the options of an operation that waits. */
export function waitSettings(ctx: IExecuteFunctions, itemIndex: number): WaitSettings {
	const chosen = ctx.getNodeParameter('options', itemIndex, {}) as Partial<WaitSettings>;
	const seconds = (value: unknown, fallback: number) =>
		Number(value) > 0 && Number.isFinite(Number(value)) ? Number(value) : fallback;
	return {
		timeout: seconds(chosen.timeout, WAIT_DEFAULTS.timeout),
		pollInterval: seconds(chosen.pollInterval, WAIT_DEFAULTS.pollInterval),
		failOnJobFailure: isTrue(chosen.failOnJobFailure),
		includeDetails: isTrue(chosen.includeDetails),
	};
}
