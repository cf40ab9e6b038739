import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { definitionFields, readDefinition } from '../../fields/definition';
import { fileFields, groupingField, isJobPerItem } from '../../fields/files';
import { filesPerJob, filesPerJobOption } from '../../fields/filesPerJob';
import { inputFiles } from '../../fields/inputFiles';
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
import type { ItemResults } from '../../items/itemResults';
import { readItems } from '../../items/perItem';
import {
	OnDemandLauncher,
	splitIntoJobs,
	type ItemFile,
	type JobDefinition,
	type OnDemandJob,
} from '../../jobs/start/onDemandLauncher';
import { startAll } from '../../jobs/start/startAll';
import type { WaitSettings } from '../../jobs/wait/returnJob';
import type { Operation } from '../operation';

const onDemandGroupingField: INodeProperties = {
	...groupingField,
	options: [
		{
			name: 'One Job for All Items',
			value: 'all',
			description: "Send the files of all items together, up to 'Files per Job' in one job",
		},
		{ name: 'One Job per Item', value: 'each', description: 'Start a job for each item' },
	],
	description:
		"How many jobs to start. The jobs run at the same time and don't wait for each other.",
};

const fields: INodeProperties[] = [
	...definitionFields('jobNodes'),
	...fileFields.map((field) => (field === groupingField ? onDemandGroupingField : field)),
	waitForCompletionField,
	splitByStatusField,
	splitNotice,
	sortedOptionsField(
		filesPerJobOption,
		...[...finishedOptions, pollIntervalOption, timeoutOption].map(onlyIfWaiting),
	),
];

function jobDefinition(ctx: IExecuteFunctions, itemIndex: number): JobDefinition {
	const definition = readDefinition(ctx, itemIndex, 'jobNodes');
	return 'template' in definition
		? { template_id: definition.template }
		: { job_nodes: definition.nodes };
}

/** Reads what one item asks for. Throws if its definition or a file is missing, before anything is sent. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number) {
	const definition = jobDefinition(ctx, itemIndex);
	const size = filesPerJob(ctx, itemIndex);
	const settings = waitSettings(ctx, itemIndex);
	const waits = waitsForCompletion(ctx, itemIndex);
	const parameter = ctx.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown;
	const files = await inputFiles(ctx, itemIndex, parameter);
	return { definition, size, settings, waits, files };
}

type ItemWanted = Awaited<ReturnType<typeof readItem>> & { item: number };

interface WantedJob extends OnDemandJob {
	wait: WaitSettings;
	waits: boolean;
}

/** The jobs for these items, with at most so many files each. Throws a NodeOperationError if their parameters contradict each other. */
function jobsOf(ctx: IExecuteFunctions, wanted: ItemWanted[]): WantedJob[] {
	const agreed = <Value>(field: INodeProperties, valueOf: (one: ItemWanted) => Value) =>
		sameInJob(
			ctx,
			field,
			wanted.map((one) => ({ item: one.item, value: valueOf(one) })),
		);
	const files: ItemFile[] = wanted.flatMap(({ item, files: ofItem }) =>
		ofItem.map((file) => ({ item, file })),
	);
	const wait = settingsOfJob(ctx, wanted);
	const waits = agreed(waitForCompletionField, (one) => one.waits);
	const size = agreed(filesPerJobOption, (one) => one.size);
	return splitIntoJobs(wanted[0]!.definition, files, size).map((job) => ({ ...job, wait, waits }));
}

/** The jobs to start: the files of each item, or of all items with the same definition. */
async function planJobs(ctx: IExecuteFunctions, results: ItemResults): Promise<WantedJob[]> {
	const each = isJobPerItem(ctx);
	const groups = new Map<string, ItemWanted[]>();
	for await (const [item, wanted] of readItems(ctx, results, readItem)) {
		const key = each ? String(item) : JSON.stringify(wanted.definition);
		const others = groups.get(key);
		if (others) others.push({ item, ...wanted });
		else groups.set(key, [{ item, ...wanted }]);
	}
	const jobs: WantedJob[] = [];
	for (const wanted of groups.values()) {
		try {
			jobs.push(...jobsOf(ctx, wanted));
		} catch (error) {
			results.fail(
				wanted.map(({ item }) => item),
				error,
			);
		}
	}
	return jobs;
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const planned = await planJobs(ctx, results);
	const launcher = new OnDemandLauncher(ctx);
	await startAll(ctx, results, planned, {
		start: async (wanted) => await launcher.launch(wanted),
		wait: ({ wait, waits }) => (waits ? wait : undefined),
		returnOptions: ({ wait }) => wait,
	});
}

export const create: Operation = {
	option: {
		name: 'Run On-Demand',
		value: 'create',
		action: 'Run template on files',
		description: 'Run a template or your own nodes on the files of the input items',
	},
	fields,
	execute,
};
