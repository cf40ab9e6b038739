import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fileFields, inputFiles } from '../../fields/files';
import {
	splitByStatusField,
	waitForCompletionField,
	waitOptionsField,
	waitSettings,
	waitsForCompletion,
} from '../../fields/waiting';
import { ifActiveOption } from '../../fields/ifActive';
import { workflowId, workflowLocator } from '../../fields/workflow';
import type { ItemResults } from '../../items/itemResults';
import { readItems } from '../../items/perItem';
import { isTrue } from '../../items/values';
import { startAll } from '../../jobs/start/startAll';
import { WorkflowRunner, type IfActive, type RunGroup } from '../../jobs/start/workflowRunner';
import type { Operation } from '../operation';

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
	waitOptionsField(ifActiveOption),
];

/** What one item asks for. Throws when a workflow or a file is missing; nothing has been sent by then. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number): Promise<RunGroup> {
	const id = workflowId(ctx, itemIndex);
	const withFiles = isTrue(ctx.getNodeParameter('sendInputFiles', itemIndex, true));
	const parameter = withFiles
		? (ctx.getNodeParameter('binaryPropertyName', itemIndex) as unknown)
		: undefined;
	const files = withFiles ? await inputFiles(ctx, itemIndex, parameter) : [];
	const { ifActive = 'error' } = ctx.getNodeParameter('options', itemIndex, {}) as {
		ifActive?: IfActive;
	};
	const returnOptions = waitSettings(ctx, itemIndex);
	return { workflowId: id, withFiles, files, ifActive, returnOptions, items: [itemIndex] };
}

/** The jobs to start: one per item, or one per workflow with the files of all its items. */
async function planJobs(ctx: IExecuteFunctions, results: ItemResults): Promise<RunGroup[]> {
	const each = ctx.getNodeParameter('jobGrouping', 0, 'all') === 'each';
	const groups = new Map<string, RunGroup>();
	for await (const [itemIndex, wanted] of readItems(ctx, results, readItem)) {
		const key = each ? String(itemIndex) : `${wanted.workflowId} ${wanted.withFiles}`;
		const group = groups.get(key);
		if (group) {
			group.items.push(itemIndex);
			group.files.push(...wanted.files);
		} else {
			groups.set(key, wanted);
		}
	}
	return [...groups.values()];
}

/** Those groups that nothing speaks against; the others fail before anything is sent. */
async function checkAll(runner: WorkflowRunner, groups: RunGroup[], results: ItemResults) {
	const good: RunGroup[] = [];
	for (const group of groups) {
		try {
			await runner.check(group);
			good.push(group);
		} catch (error) {
			results.fail(group.items, error);
		}
	}
	return good;
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const settings = waitSettings(ctx, 0);
	const runner = new WorkflowRunner(ctx, settings);
	const groups = await checkAll(runner, await planJobs(ctx, results), results);
	await startAll(ctx, results, groups, {
		start: async (group) => await runner.run(group),
		isOwn: ({ id }) => runner.ownJobs.has(id),
		wait: waitsForCompletion(ctx) ? settings : undefined,
		returnOptions: (group) => group.returnOptions,
		waited: runner.waited,
	});
}

export const run: Operation = {
	option: {
		name: 'Run',
		value: 'run',
		action: 'Run a workflow on files',
		description: 'Start a job of a workflow with the files of the input items, and get the job',
	},
	fields,
	execute,
};
