import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { WorkflowRunner, type IfActive, type RunGroup } from '../../jobs/runWorkflow';
import { waitForAll } from '../../jobs/wait';
import { fileFields } from '../../shared/fileFields';
import { inputFiles } from '../../shared/inputFiles';
import type { ItemResults } from '../../shared/itemResults';
import {
	addWaited,
	splitByStatusField,
	waitForCompletionField,
	waitOptions,
	waitSettings,
} from '../../shared/jobFields';
import { workflowId, workflowLocator } from '../../shared/locators';
import type { Operation } from '../../shared/operation';

const ifActiveOption: INodeProperties = {
	displayName: 'If a Job Is Active',
	name: 'ifActive',
	type: 'options',
	default: 'error',
	options: [
		{
			name: 'Fail',
			value: 'error',
			description: 'Stop with a message that names the active job',
		},
		{
			name: 'Give Out the Active Job',
			value: 'attach',
			description: 'Send nothing, and continue with the job that is active',
		},
		{
			name: 'Wait, Then Run',
			value: 'wait',
			description: 'Wait until the active job has ended, at most for the timeout, then run',
		},
	],
	description:
		'What to do when somebody else has started a job of this workflow that has not ended. A workflow runs one job at a time.',
};

const fields: INodeProperties[] = [
	workflowLocator,
	{
		displayName: 'Send Input Files',
		name: 'sendInputFiles',
		type: 'boolean',
		default: true,
		description:
			'Whether to upload the files of the input items. Turn it off for a workflow that has a source connector.',
	},
	...fileFields.map((field) =>
		field.name === 'binaryPropertyName'
			? { ...field, displayOptions: { show: { sendInputFiles: [true] } } }
			: field,
	),
	waitForCompletionField,
	splitByStatusField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [waitOptions[0]!, ifActiveOption, ...waitOptions.slice(1)],
	},
];

/** What one item asks for. Throws when a workflow or a file is missing; nothing has been sent by then. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number): Promise<RunGroup> {
	const id = workflowId(ctx, itemIndex);
	const withFiles = ctx.getNodeParameter('sendInputFiles', itemIndex, true) as boolean;
	const parameter = withFiles
		? (ctx.getNodeParameter('binaryPropertyName', itemIndex) as unknown)
		: undefined;
	const files = withFiles ? await inputFiles(ctx, itemIndex, parameter) : [];
	return { workflowId: id, withFiles, files, items: [itemIndex] };
}

/** The jobs to start: one per item, or one per workflow with the files of all its items. */
async function planJobs(ctx: IExecuteFunctions, results: ItemResults): Promise<RunGroup[]> {
	const each = ctx.getNodeParameter('jobGrouping', 0, 'all') === 'each';
	const groups: RunGroup[] = [];
	const shared = new Map<string, RunGroup>();
	for (let itemIndex = 0; itemIndex < ctx.getInputData().length; itemIndex++) {
		try {
			const wanted = await readItem(ctx, itemIndex);
			const key = `${wanted.workflowId} ${wanted.withFiles}`;
			const group = each ? undefined : shared.get(key);
			if (group) {
				group.items.push(itemIndex);
				group.files.push(...wanted.files);
			} else {
				groups.push(wanted);
				shared.set(key, wanted);
			}
		} catch (error) {
			results.fail([itemIndex], error);
		}
	}
	return groups;
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const groups = await planJobs(ctx, results);
	const wait = ctx.getNodeParameter('waitForCompletion', 0, false) as boolean;
	const settings = waitSettings(ctx, 0);
	const { ifActive = 'error' } = ctx.getNodeParameter('options', 0, {}) as { ifActive?: IfActive };
	const runner = new WorkflowRunner(ctx, { ...settings, ifActive });

	const started: Array<{ group: RunGroup; jobId: string }> = [];
	for (const group of groups) {
		try {
			const job = await runner.run(group);
			results.noteStarted(job.id);
			if (wait) started.push({ group, jobId: job.id });
			else results.addJob(group.items, job);
		} catch (error) {
			results.fail(group.items, error);
		}
	}
	const waited = await waitForAll(ctx, runner.jobsToWaitFor(started), settings);
	for (const { group, jobId } of started) {
		const ended = runner.waited.get(jobId) ?? waited.get(jobId)!;
		addWaited(ctx, results, group.items, ended, settings.failOnJobFailure);
	}
}

export const run: Operation = {
	option: {
		name: 'Run',
		value: 'run',
		action: 'Run a workflow',
		description: 'Start a job of a workflow, with the files of the input items',
	},
	fields,
	execute,
};
