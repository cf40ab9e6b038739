import type { IExecuteFunctions } from 'n8n-workflow';
import { waitForJobs } from '../../jobs/wait';
import type { ItemResults } from '../../shared/itemResults';
import { addWaited, splitByStatusField, waitOptions, waitSettings } from '../../shared/jobFields';
import { jobId, jobIdField } from '../../shared/locators';
import type { Operation } from '../../shared/operation';

/** Waits for the jobs of all items together, so that they share their polling. */
async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const itemsOf = new Map<string, number[]>();
	for (let itemIndex = 0; itemIndex < ctx.getInputData().length; itemIndex++) {
		try {
			const id = jobId(ctx, itemIndex);
			itemsOf.set(id, [...(itemsOf.get(id) ?? []), itemIndex]);
		} catch (error) {
			results.fail([itemIndex], error);
		}
	}
	const settings = waitSettings(ctx, 0);
	const ids = [...itemsOf.keys()].map((id) => ({ id }));
	try {
		for (const [id, waited] of await waitForJobs(ctx, ids, settings)) {
			for (const itemIndex of itemsOf.get(id)!) {
				addWaited(ctx, results, [itemIndex], waited, settings.failOnJobFailure);
			}
		}
	} catch (error) {
		results.fail([...itemsOf.values()].flat(), error);
	}
}

export const wait: Operation = {
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for a job to complete',
		description: 'Wait until a job has ended, and get it as it is then',
	},
	fields: [
		jobIdField,
		splitByStatusField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: waitOptions,
		},
	],
	execute,
};
