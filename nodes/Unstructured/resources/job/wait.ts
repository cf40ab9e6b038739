import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { asJob } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { optionsField } from '../../fields/list';
import { sameForAll } from '../../fields/sameForAll';
import {
	finishedOptions,
	pollIntervalOption,
	sortedOptionsField,
	splitByStatusField,
	timeoutOption,
	waitSettings,
} from '../../fields/waiting';
import type { ItemResults } from '../../items/itemResults';
import { JobReturner } from '../../jobs/wait/returnJob';
import { waitByWebhook, type WaitingItem } from '../../jobs/wait/waitByWebhook';
import { waitForEach } from '../../jobs/wait/waitForEach';
import type { KnownJob } from '../../jobs/wait/waitForJobs';
import type { Operation } from '../operation';

const waitViaOption: INodeProperties = {
	displayName: 'Wait Via',
	name: 'waitVia',
	type: 'options',
	default: 'polling',
	options: [
		{
			name: 'Polling',
			value: 'polling',
			description: 'Check the jobs until they are finished. Works everywhere.',
		},
		{
			name: 'Webhook',
			value: 'webhook',
			description:
				'Pause the execution until Unstructured reports that the jobs are finished. Frees the worker and survives n8n restarts, but needs a public HTTPS URL.',
		},
	],
	description:
		'How to wait. When the timeout ends, polling fails, and a webhook returns the job as last known. With a webhook, n8n checks the timeout once a minute.',
};

/** The job that an item names, with the item's file lists, as the API may omit them. */
function knownJob(ctx: IExecuteFunctions, item: number): KnownJob {
	const id = jobId(ctx, item);
	const given = asJob(ctx.getInputData()[item]?.json);
	if (given?.id !== id) return { id };
	const { input_file_ids, output_node_files } = given;
	return { id, input_file_ids, output_node_files };
}

/** Waits for the jobs of all items together, so they share their polling. */
async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const wanted: WaitingItem[] = [];
	for (let item = 0; item < ctx.getInputData().length; item++) {
		try {
			wanted.push({ item, job: knownJob(ctx, item), settings: waitSettings(ctx, item) });
		} catch (error) {
			results.fail([item], error);
		}
	}
	if (wanted.length === 0) return;
	const waitVia = sameForAll(ctx, { ...waitViaOption, name: 'options' }, (parameters) =>
		parameters.in(optionsField()).choice(waitViaOption),
	);
	if (waitVia === 'webhook') return await waitByWebhook(ctx, results, wanted);
	const awaited = wanted.map(({ job, settings }) => ({ job, wait: settings }));
	const waited = await waitForEach(ctx, awaited, true);
	const returner = new JobReturner(ctx, results);
	for (const { item, job, settings } of wanted) {
		await returner.waited([item], job.id, waited.get(job.id)!, settings);
	}
	await returner.end();
}

export const wait: Operation = {
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for job to finish',
		description: 'Wait until a job is finished, and return it',
	},
	fields: [
		jobIdField,
		splitByStatusField,
		sortedOptionsField(
			...finishedOptions,
			{ ...pollIntervalOption, displayOptions: { hide: { waitVia: ['webhook'] } } },
			{
				...timeoutOption,
				description: 'How long to wait for the job to finish. The job itself is not canceled.',
			},
			waitViaOption,
		),
	],
	execute,
};
