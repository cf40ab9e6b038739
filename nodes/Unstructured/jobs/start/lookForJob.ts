import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import { sameFiles } from '../../api/fileIds';
import { createdAt, getJob, listJobs, type Job } from '../../api/jobs';
import { workflowPath } from '../../api/workflows';
import { isAnswer, type Answer, type NoAnswer } from '../../transport/answer';
import { call } from '../../transport/call';
import { pause, throwIfCancelled } from '../../transport/cancel';
import type { Connection } from '../../transport/connection';
import { apiError, serverDetail, type Subject } from '../../transport/errors';
import { cleanFileName } from '../../transport/fileNames';
import type { FilePart } from '../../transport/multipart';
import { outcomeError } from '../../transport/send';

/** A job that is a little older than the request is named in the error, should the server's clocks differ. */
const CLOCK_MARGIN_MS = 30_000;
const LOOK_PAUSES_MS = [250, 1_000, 2_500];

/** What to do when it is not certain whether a job was started. */
export const HOW_TO_CHECK =
	"Before you run it again, look at the newest jobs with 'Job: Get Many' or on the Jobs page of Unstructured";

/** What goes on when the execution is stopped before that is certain. */
export const MAY_BE_STARTED = `A job may have been started. ${HOW_TO_CHECK}`;

/** A job that was asked for, by what it can be told from others. */
export interface StartedJob {
	/** What is run, for error texts. */
	subject: Subject;
	/** The workflow that runs; undefined for an on-demand job, which has one of its own. */
	workflowId?: string;
	files: FilePart[];
	/** Unix milliseconds on the server's clock, right before the request: a job made earlier is not ours. */
	since: number;
	/** Jobs that this execution started before. */
	ownJobs: ReadonlySet<string>;
}

/** An on-demand job's workflow is made for it alone; a job of a workflow that exists is somebody else's. */
async function isOfOwnWorkflow(ctx: IExecuteFunctions, { workflow_id: id }: Job) {
	if (typeof id !== 'string') return false;
	try {
		await call(ctx, workflowPath(id), { subject: { noun: 'workflow', id } });
		return false;
	} catch (error) {
		if (error instanceof NodeApiError && error.httpCode === '404') return true;
		throw error as NodeApiError;
	}
}

async function isOurs(ctx: IExecuteFunctions, job: Job, { files, workflowId }: StartedJob) {
	const { input_file_ids: ids } = job.input_file_ids ? job : await getJob(ctx, job.id);
	const names = files.map(({ name }) => cleanFileName(name));
	const hasOurFiles = sameFiles(Array.isArray(ids) ? ids.map(String) : [], names);
	return hasOurFiles && (workflowId !== undefined || (await isOfOwnWorkflow(ctx, job)));
}

/** Jobs since the request: new ones with our files, and any others that may be ours. */
async function findNewJobs(ctx: IExecuteFunctions, start: StartedJob) {
	const ours: Job[] = [];
	const others: Job[] = [];
	const filter = start.workflowId ? { workflow_id: start.workflowId } : {};
	for (const job of await listJobs(ctx, filter)) {
		if (start.ownJobs.has(job.id) || !(createdAt(job) >= start.since - CLOCK_MARGIN_MS)) continue;
		const isNew = createdAt(job) >= start.since;
		(isNew && (await isOurs(ctx, job, start)) ? ours : others).push(job);
	}
	return { ours, others };
}

const wordsOf = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome)
		? serverDetail(outcome) && `Unstructured said: ${serverDetail(outcome)}`
		: [outcome.code, outcome.message].filter(Boolean).join(': ');

/**
 * After an end that leaves it open whether a job was started: the one new job with our files. Throws a NodeApiError that
 * says what was found and how to check, but never to simply try again.
 */
export async function lookForJob(
	ctx: IExecuteFunctions,
	connection: Connection,
	start: StartedJob,
	outcome: Answer | NoAnswer,
): Promise<Job> {
	let found = 'No new job was found';
	try {
		for (const ms of LOOK_PAUSES_MS) {
			await pause(ctx, ms, MAY_BE_STARTED);
			const { ours, others } = await findNewJobs(ctx, start);
			if (ours.length === 1) return ours[0]!;
			const ids = [...ours, ...others].map(({ id }) => id).slice(0, 5);
			if (ids.length > 0) found = `These recent jobs were found: ${ids.join(', ')}`;
		}
	} catch (error) {
		throwIfCancelled(ctx, MAY_BE_STARTED);
		if (!(error instanceof NodeApiError)) throw error as NodeApiError;
		found = `The list of jobs could not be read either (${error.message})`;
	}
	const cause = outcomeError(ctx, connection, outcome, start.subject);
	throw apiError(
		ctx.getNode(),
		{
			message: `${cause.message}, so it is not certain whether a job was started`,
			description: [found, HOW_TO_CHECK, wordsOf(outcome)].filter(Boolean).join('. '),
			...(isAnswer(outcome) && { httpCode: String(outcome.statusCode) }),
		},
		connection.apiKey,
	);
}
