import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems, type EngineResult } from './engine.mjs';
import { byId, jobParameters, LOCAL_FILES, runParameters, type useNode } from './node.mjs';

export const IN_DOUBT = /a job may or may not have started$/;
/** The server handled the other start first, whichever it received first. */
const REJECTED = /already has an active job, so none was started$/;

export const run = runParameters();
export const onDemand = jobParameters('create', { templateId: byId('hi_res_partition') });
/** The operations that start jobs. */
export const OPERATIONS: Array<[string, INodeParameters]> = [
	['Run', run],
	['Run On-Demand', onDemand],
];
/** The paths of requests that start jobs. */
export const STARTS = '/run$|/jobs/$';

/** A file that the server knows by its size. */
export const document = (name: string, bytes = 100) =>
	filesAsItems([{ name, data: 'x'.repeat(bytes), type: 'application/pdf', json: { bytes } }]);

/** The ID of the returned job, or the message of the error. */
export const outcomeOf = ({ outputs, error }: EngineResult) =>
	error ? error.message : (outputs[0][0].json.id as string);

/** What an emulator knows of jobs, and other clients of the same account. */
export function useStarts(node: ReturnType<typeof useNode>) {
	const starts = () => node.emulator.requests('POST', new RegExp(STARTS));

	/** Starts a job as another client of the same account, unknown to this n8n process. */
	async function startElsewhere(name: string, path = `/workflows/${LOCAL_FILES}/run`) {
		const form = new FormData();
		form.append('input_files', new Blob(['by another client']), name);
		if (path === '/jobs/') form.append('request_data', '{"template_id": "hi_res_partition"}');
		const response = await fetch(`${node.emulator.url}/api/v1${path}`, {
			method: 'POST',
			headers: { 'unstructured-api-key': node.emulator.key },
			body: form,
		});
		const { id } = (await response.json()) as { id?: string };
		if (!id) throw new Error(`No job was started: ${response.status}`);
		return id;
	}

	/**
	 * Checks that each execution returns the job of its own document, reports a doubt, or was rejected and has no job, and that
	 * nothing was sent twice. Each document has a size of its own.
	 */
	async function expectHonest(results: EngineResult[], sent = results.length) {
		const outcomes = results.map(outcomeOf);
		const inDoubt = outcomes.filter((outcome) => IN_DOUBT.test(outcome));
		const given = outcomes.filter((outcome) => !IN_DOUBT.test(outcome) && !REJECTED.test(outcome));
		const jobs = await node.emulator.jobs();
		for (const [i, outcome] of outcomes.entries()) {
			if (IN_DOUBT.test(outcome)) continue;
			const document = results[i].run.data.resultData.runData.Source[0].data?.main[0]?.[0].json;
			if (REJECTED.test(outcome)) {
				expect(jobs.map(({ files }) => files[0].size)).not.toContain(document?.bytes);
				continue;
			}
			const size = jobs.find(({ id }) => id === outcome)?.files[0].size;
			expect([outcome, size]).toEqual([outcome, document?.bytes]);
		}
		expect(new Set(given).size).toBe(given.length);
		expect(await starts()).toHaveLength(sent);
		return { given, inDoubt };
	}

	return { starts, startElsewhere, expectHonest };
}
