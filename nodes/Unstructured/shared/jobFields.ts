import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Waited, WaitOptions } from '../jobs/wait';
import { isFinal, jobOutcome } from '../jobs/status';
import type { ItemResults } from './itemResults';

/** What the person chose for an operation that waits; saved workflows hold only what differs from the default. */
export interface WaitSettings extends WaitOptions {
	failOnJobFailure: boolean;
}

const WAIT_DEFAULTS: WaitOptions = { timeout: 900, pollInterval: 3 };

/** A switch; an expression may give it as text. */
export const isTrue = (value: unknown) => value === true || value === 'true';

export const splitByStatusField: INodeProperties = {
	displayName: 'Split by Status',
	name: 'splitByStatus',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to give the node four outputs, Completed, Failed, Stopped and Running, instead of one',
};

export const waitForCompletionField: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to wait until the job has ended and give it out as it is then. Otherwise it comes out as soon as it is started.',
};

/** Options of everything that waits. */
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
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 0.5 },
		default: 3,
		description: 'How long to wait before the second look at a job. The pauses grow to 15 seconds.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 900,
		description: 'How long to wait for a job to end. The job itself is not cancelled.',
	},
];

/** The options of an operation that waits, with further ones, A to Z as n8n wants them. */
export const waitOptionsField = (...further: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...waitOptions, ...further].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/** Reads the options of an operation that waits. */
export function waitSettings(ctx: IExecuteFunctions, itemIndex: number): WaitSettings {
	const chosen = ctx.getNodeParameter('options', itemIndex, {}) as Partial<WaitSettings>;
	const seconds = (value: unknown, fallback: number) =>
		Number(value) > 0 && Number.isFinite(Number(value)) ? Number(value) : fallback;
	return {
		timeout: seconds(chosen.timeout, WAIT_DEFAULTS.timeout),
		pollInterval: seconds(chosen.pollInterval, WAIT_DEFAULTS.pollInterval),
		failOnJobFailure: isTrue(chosen.failOnJobFailure),
	};
}

/** Gives out a job that was waited for, or its failure. */
export function addWaited(
	ctx: IExecuteFunctions,
	results: ItemResults,
	from: number[],
	waited: Waited,
	failOnJobFailure: boolean,
) {
	if (waited instanceof Error) return results.fail(from, waited);
	const outcome = jobOutcome(waited.status);
	if (!failOnJobFailure || !isFinal(waited.status) || outcome === 'completed') {
		return results.addJob(from, waited);
	}
	const name = typeof waited.workflow_name === 'string' ? ` of '${waited.workflow_name}'` : '';
	return results.fail(
		from,
		new NodeOperationError(
			ctx.getNode(),
			`Job ${waited.id}${name} ended as ${String(waited.status)}`,
			{
				description:
					outcome === 'stopped'
						? 'It was cancelled before its end. Run the workflow again if that was not intended'
						: "Open the job on the Jobs page of Unstructured to see why. To branch on the status instead, turn off 'Fail on Job Failure' in the options",
			},
		),
	);
}
