import type { IExecuteFunctions } from 'n8n-workflow';
import { waitForJobs } from '../../jobs/wait';
import type { ItemResults } from '../../shared/itemResults';
import {
	addWaited,
	splitByStatusField,
	waitOptionsField,
	waitSettings,
	type WaitSettings,
} from '../../shared/jobFields';
import { jobId, jobIdField } from '../../shared/locators';
import type { Operation } from '../../shared/operation';

/** Waits for the jobs of all items together, so that they share their polling. */
async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const wanted: Array<{ item: number; id: string; settings: WaitSettings }> = [];
	for (let item = 0; item < ctx.getInputData().length; item++) {
		try {
			wanted.push({ item, id: jobId(ctx, item), settings: waitSettings(ctx, item) });
		} catch (error) {
			results.fail([item], error);
		}
	}
	if (wanted.length === 0) return;
	const ids = [...new Set(wanted.map(({ id }) => id))];
	const waited = await waitForJobs(
		ctx,
		ids.map((id) => ({ id })),
		wanted[0]!.settings,
	);
	for (const { item, id, settings } of wanted) {
		await addWaited(ctx, results, [item], waited.get(id)!, settings);
	}
}

export const wait: Operation = {
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for a job to complete',
		description: 'Wait until a job has ended, and get it as it is then',
	},
	fields: [jobIdField, splitByStatusField, waitOptionsField()],
	execute,
};
