import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	OnDemandLauncher,
	splitIntoJobs,
	type ItemFile,
	type JobDefinition,
	type OnDemandJob,
} from '../../jobs/onDemand';
import { waitForJobs } from '../../jobs/wait';
import type { Job } from '../../jobs/job';
import { definitionFields, readDefinition } from '../../shared/definition';
import { fileFields } from '../../shared/fileFields';
import { inputFiles } from '../../shared/inputFiles';
import { readItems } from '../../shared/readItems';
import type { ItemResults } from '../../shared/itemResults';
import {
	addWaited,
	isTrue,
	splitByStatusField,
	waitForCompletionField,
	waitOptionsField,
	waitSettings,
} from '../../shared/jobFields';
import type { Operation } from '../../shared/operation';

const FILES_PER_JOB = 10;

const filesPerJobOption: INodeProperties = {
	displayName: 'Files per Job',
	name: 'filesPerJob',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10,
	description:
		'More files than this become several jobs, started at least a second apart. The platform takes up to 10.',
};

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
	const { filesPerJob } = ctx.getNodeParameter('options', 0, {}) as { filesPerJob?: number };
	const groups = new Map<string, { definition: JobDefinition; files: ItemFile[] }>();
	for await (const [item, { definition, files }] of readItems(ctx, results, readItem)) {
		const key = each ? String(item) : JSON.stringify(definition);
		const group = groups.get(key) ?? { definition, files: [] };
		group.files.push(...files.map((file) => ({ item, file })));
		groups.set(key, group);
	}
	const size = Math.max(1, Math.floor(Number(filesPerJob ?? FILES_PER_JOB)) || FILES_PER_JOB);
	return [...groups.values()].flatMap(({ definition, files }) =>
		splitIntoJobs(definition, files, size),
	);
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const planned = await planJobs(ctx, results);
	const launcher = new OnDemandLauncher(ctx);
	const started: Array<{ items: number[]; job: Job }> = [];
	for (const wanted of planned) {
		try {
			const job = await launcher.launch(wanted);
			results.noteStarted(job.id);
			started.push({ items: wanted.items, job });
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	if (!isTrue(ctx.getNodeParameter('waitForCompletion', 0, false))) {
		for (const { items, job } of started) results.addJob(items, job);
		return;
	}
	const settings = waitSettings(ctx, 0);
	const jobs = started.map(({ job }) => job);
	const waited = await waitForJobs(ctx, jobs, settings, false);
	for (const { items, job } of started) {
		await addWaited(ctx, results, items, waited.get(job.id)!, settings);
	}
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
