import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fileFields, isJobPerItem } from '../../fields/files';
import { inputFiles } from '../../fields/inputFiles';
import { optionsField } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { sameInJob } from '../../fields/sameForAll';
import {
	finishedOptions,
	onlyIfWaiting,
	pollIntervalOption,
	settingsOfJob,
	sortedOptionsField,
	splitByStatusField,
	splitNotice,
	timeoutOption,
	waitForCompletionField,
	waitSettings,
	waitsForCompletion,
} from '../../fields/waiting';
import { ifActiveOption } from '../../fields/ifActive';
import { workflowId, workflowLocator } from '../../fields/workflow';
import type { ItemResults } from '../../items/itemResults';
import { readItems } from '../../items/perItem';
import { startAll } from '../../jobs/start/startAll';
import { WorkflowRunner, type IfActive, type RunGroup } from '../../jobs/start/workflowRunner';
import type { WaitSettings } from '../../jobs/wait/returnJob';
import type { FilePart } from '../../transport/multipart';
import type { Operation } from '../operation';

const sendInputFilesField: INodeProperties = {
	displayName: 'Send Input Files',
	name: 'sendInputFiles',
	type: 'boolean',
	default: true,
	description:
		'Whether to upload the files of the input items. Turn this off for a workflow with a source connector.',
};

const IF_NOT_WAITING =
	"If 'Wait for Completion' is off, this only applies to active jobs that this run has to wait for.";

const fields: INodeProperties[] = [
	workflowLocator,
	sendInputFilesField,
	...fileFields.map((field) =>
		field.name === 'binaryPropertyName'
			? { ...field, displayOptions: { show: { sendInputFiles: [true] } } }
			: field,
	),
	waitForCompletionField,
	splitByStatusField,
	splitNotice,
	sortedOptionsField(
		ifActiveOption,
		...finishedOptions.map(onlyIfWaiting),
		{ ...pollIntervalOption, description: `${pollIntervalOption.description} ${IF_NOT_WAITING}` },
		{ ...timeoutOption, description: `${timeoutOption.description} ${IF_NOT_WAITING}` },
	),
];

interface Wanted {
	workflowId: string;
	withFiles: boolean;
	files: FilePart[];
	ifActive: IfActive;
	waits: boolean;
	settings: WaitSettings;
}

/** Reads what one item asks for. Throws if a workflow or a file is missing, before anything is sent. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number): Promise<Wanted> {
	const id = workflowId(ctx, itemIndex);
	const parameters = parametersOf(ctx, itemIndex);
	const withFiles = parameters.boolean(sendInputFilesField);
	const ifActive = parameters.in(optionsField()).choice(ifActiveOption) as IfActive;
	const settings = waitSettings(ctx, itemIndex);
	const waits = waitsForCompletion(ctx, itemIndex);
	const parameter = withFiles
		? (ctx.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown)
		: undefined;
	const files = withFiles ? await inputFiles(ctx, itemIndex, parameter) : [];
	return { workflowId: id, withFiles, files, ifActive, waits, settings };
}

type ItemWanted = Wanted & { item: number };

interface Group extends RunGroup {
	wait: WaitSettings;
	waits: boolean;
}

/** One job for these items. Throws a NodeOperationError if their parameters contradict each other. */
function groupOf(ctx: IExecuteFunctions, wanted: ItemWanted[]): Group {
	const agreed = <Value>(field: INodeProperties, valueOf: (one: ItemWanted) => Value) =>
		sameInJob(
			ctx,
			field,
			wanted.map((one) => ({ item: one.item, value: valueOf(one) })),
		);
	const settings = settingsOfJob(ctx, wanted);
	return {
		workflowId: wanted[0]!.workflowId,
		withFiles: wanted[0]!.withFiles,
		files: wanted.flatMap(({ files }) => files),
		ifActive: agreed(ifActiveOption, ({ ifActive }) => ifActive),
		waits: agreed(waitForCompletionField, ({ waits }) => waits),
		returnOptions: settings,
		wait: settings,
		items: wanted.map(({ item }) => item),
	};
}

/** The jobs to start: one per item, or one per workflow with the files of all its items. */
async function planJobs(ctx: IExecuteFunctions, results: ItemResults): Promise<Group[]> {
	const each = isJobPerItem(ctx);
	const wantedBy = new Map<string, ItemWanted[]>();
	for await (const [item, wanted] of readItems(ctx, results, readItem)) {
		const key = each ? String(item) : `${wanted.workflowId} ${wanted.withFiles}`;
		const others = wantedBy.get(key);
		if (others) others.push({ item, ...wanted });
		else wantedBy.set(key, [{ item, ...wanted }]);
	}
	const groups: Group[] = [];
	for (const wanted of wantedBy.values()) {
		try {
			groups.push(groupOf(ctx, wanted));
		} catch (error) {
			results.fail(
				wanted.map(({ item }) => item),
				error,
			);
		}
	}
	return groups;
}

/** The groups that can run. All other groups fail before anything is sent. */
async function checkAll(runner: WorkflowRunner, groups: Group[], results: ItemResults) {
	const good: Group[] = [];
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
	const runner = new WorkflowRunner(ctx);
	const groups = await checkAll(runner, await planJobs(ctx, results), results);
	await startAll(ctx, results, groups, {
		start: async (group) => await runner.run(group),
		isOwn: ({ id }) => runner.ownJobs.has(id),
		wait: ({ wait, waits }) => (waits ? wait : undefined),
		returnOptions: (group) => group.returnOptions,
		waited: runner.waited,
	});
}

export const run: Operation = {
	option: {
		name: 'Run',
		value: 'run',
		action: 'Run workflow on files',
		description: 'Run a workflow on the files of the input items',
	},
	fields,
	execute,
};
