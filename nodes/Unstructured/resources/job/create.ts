import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { definitionFields, readDefinition } from '../../fields/definition';
import { fileFields, inputFiles } from '../../fields/files';
import { filesPerJob, filesPerJobOption } from '../../fields/filesPerJob';
import {
	splitByStatusField,
	waitForCompletionField,
	waitOptionsField,
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
import type { Operation } from '../operation';

const fields: INodeProperties[] = [
	...definitionFields('jobNodes'),
	...fileFields,
	waitForCompletionField,
	splitByStatusField,
	waitOptionsField(filesPerJobOption),
];

function jobDefinition(ctx: IExecuteFunctions, itemIndex: number): JobDefinition {
	const definition = readDefinition(ctx, itemIndex, 'jobNodes');
	return 'template' in definition
		? { template_id: definition.template }
		: { job_nodes: definition.nodes };
}

/** What one item asks for. Throws when its definition or a file is missing; nothing has been sent by then. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number) {
	const definition = jobDefinition(ctx, itemIndex);
	const parameter = ctx.getNodeParameter('binaryPropertyName', itemIndex) as unknown;
	return { definition, files: await inputFiles(ctx, itemIndex, parameter) };
}

/** The jobs to start: the files of each item, or of all items with the same definition, at most so many in one. */
async function planJobs(ctx: IExecuteFunctions, results: ItemResults): Promise<OnDemandJob[]> {
	const each = ctx.getNodeParameter('jobGrouping', 0, 'all') === 'each';
	const groups = new Map<string, { definition: JobDefinition; files: ItemFile[] }>();
	for await (const [item, { definition, files }] of readItems(ctx, results, readItem)) {
		const key = each ? String(item) : JSON.stringify(definition);
		const group = groups.get(key) ?? { definition, files: [] };
		group.files.push(...files.map((file) => ({ item, file })));
		groups.set(key, group);
	}
	const size = filesPerJob(ctx);
	return [...groups.values()].flatMap(({ definition, files }) =>
		splitIntoJobs(definition, files, size),
	);
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const planned = await planJobs(ctx, results);
	const launcher = new OnDemandLauncher(ctx);
	const settings = waitSettings(ctx, 0);
	await startAll(ctx, results, planned, {
		start: async (wanted) => await launcher.launch(wanted),
		isOwn: () => true,
		wait: waitsForCompletion(ctx) ? settings : undefined,
		returnOptions: () => settings,
	});
}

export const create: Operation = {
	option: {
		name: 'Run On-Demand',
		value: 'create',
		action: 'Run an on demand job on files',
		description: 'Start a job from a template or from nodes, without a workflow of its own',
	},
	fields,
	execute,
};
