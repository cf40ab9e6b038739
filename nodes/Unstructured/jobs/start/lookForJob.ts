import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import { sameFiles } from '../../api/fileIds';
import { asJob, jobPath, listJobs, type Job } from '../../api/jobs';
import { workflowPath } from '../../api/workflows';
import { isAnswer, isGood, type Answer, type NoAnswer } from '../../transport/answer';
import { call } from '../../transport/call';
import { pause, throwIfCancelled } from '../../transport/cancel';
import type { Connection } from '../../transport/connection';
import { apiError } from '../../transport/errors';
import { outcomeError, wordsOf } from '../../transport/send';
import { joinSentences } from '../../transport/sentences';
import type { Subject } from '../../transport/subject';
import { claimJob, isClaimed, mayBeAnothers, type PendingStart } from './claims';
import { creation, ServerClock } from './serverClock';

const CHECK_PAUSES_MS = [250, 1_000, 2_500];
/** Each reading halves the uncertainty about the server's clock: from a second to some milliseconds. */
const MOST_CLOCK_READINGS = 9;
/** The most jobs named in an error, and the most jobs read because the list omits their files. */
const MOST_NAMED = 5;
const MOST_READ = 20;
/** The newest jobs of the list that are checked. */
const MOST_ROWS = 200;

/** The next step if a job may or may not have started. */
export const HOW_TO_CHECK =
	"Before running this again, check the latest jobs with 'Job: Get Many', or on the Jobs page in Unstructured.";

/** What to say if the execution is stopped before that is certain. */
export const MAY_BE_STARTED = joinSentences('A job may have been started', HOW_TO_CHECK);

/** A start that ended in doubt. */
export interface Doubt {
	/** What was run, for error texts. */
	subject: Subject;
	start: PendingStart;
	outcome: Answer | NoAnswer;
	/** When that was known, in Unix milliseconds of this machine. */
	endedAt: number;
}

/** A job that this start may have created, with the IDs of its files. */
interface Candidate {
	job: Job;
	fileIds: string[];
}

/** Reads a job, and the server's clock from the same response. */
async function readJob(ctx: IExecuteFunctions, id: string, clock: ServerClock): Promise<Job> {
	const answer = await call(ctx, jobPath(id), { subject: { noun: 'job', id }, check: asJob });
	clock.observe(answer);
	return answer.json as Job;
}

const fileIdsOf = ({ input_file_ids: ids }: Job) => (Array.isArray(ids) ? ids.map(String) : []);

/** Whether a job has a workflow of its own, as on-demand jobs do. A workflow that can be read is not one of those. */
async function isOfOwnWorkflow(
	ctx: IExecuteFunctions,
	{ isTransform }: Connection,
	{ workflow_id: id }: Job,
) {
	if (typeof id !== 'string' || isTransform) return true;
	try {
		await call(ctx, workflowPath(id), { subject: { noun: 'workflow', id } });
		return false;
	} catch (error) {
		// A Transform account whose host does not tell it has no such route either.
		if (error instanceof NodeApiError && /^40[34]$/.test(error.httpCode ?? '')) return true;
		throw error as NodeApiError;
	}
}

/** Compares a job's creation with a start: `sure` means after its last byte and before its end. */
function timeOf({ start, endedAt }: Doubt, job: Job, clock: ServerClock) {
	const made = creation(job);
	const sent = clock.at(start.handedOverAt() ?? endedAt);
	const ended = clock.at(endedAt);
	if (!made || !sent || !ended) return 'unknown';
	if (made.latest < sent.earliest) return 'before';
	if (made.earliest > ended.latest) return 'later';
	const precision = made.latest - made.earliest;
	const isAfter = made.earliest >= Math.floor(sent.latest / precision) * precision;
	return isAfter ? 'sure' : 'unclear';
}

/** Finds the jobs that this start may have created: not older, not claimed, and with the same files. */
async function findCandidates(
	ctx: IExecuteFunctions,
	connection: Connection,
	doubt: Doubt,
	clock: ServerClock,
) {
	const { workflowId, fileNames } = doubt.start;
	const open = await listJobs(ctx, workflowId ? { workflow_id: workflowId } : {}, {
		isWanted: (job) => asJob(job) !== undefined && !isClaimed(job.id),
		most: MOST_ROWS,
	});
	if (open[0]) await readJob(ctx, open[0].id, clock);
	const candidates: Candidate[] = [];
	let read = 0;
	for (const row of open) {
		if (candidates.length === MOST_NAMED) break;
		if (timeOf(doubt, row, clock) === 'before') continue;
		if (!row.input_file_ids && ++read > MOST_READ) break;
		const job = row.input_file_ids ? row : await readJob(ctx, row.id, clock);
		const fileIds = fileIdsOf(job);
		// A job without a list of files stays a candidate, but nothing proves it.
		const isUnknown = !job.input_file_ids && fileNames.length > 0;
		if (!isUnknown && !sameFiles(fileIds, fileNames)) continue;
		if (workflowId || (await isOfOwnWorkflow(ctx, connection, job)))
			candidates.push({ job, fileIds });
	}
	return candidates;
}

/** Returns the job of this start if only one candidate is left and nothing contradicts it. */
async function singleOut(
	ctx: IExecuteFunctions,
	doubt: Doubt,
	[candidate, ...others]: Candidate[],
	clock: ServerClock,
): Promise<Job | undefined> {
	if (!candidate || others.length > 0) return undefined;
	const { job, fileIds } = candidate;
	if (!sameFiles(fileIds, doubt.start.fileNames)) return undefined;
	for (let reading = 0; timeOf(doubt, job, clock) === 'unclear'; reading++) {
		if (reading === MOST_CLOCK_READINGS) return undefined;
		await pause(ctx, clock.bestPause(Date.now()), MAY_BE_STARTED);
		await readJob(ctx, job.id, clock);
	}
	const isOurs =
		timeOf(doubt, job, clock) === 'sure' &&
		!isClaimed(job.id) &&
		!mayBeAnothers(doubt.start, fileIds);
	return isOurs ? job : undefined;
}

/** Whether a response is successful and readable, but has no job ID. */
const namesNoJob = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome) && isGood(outcome) && outcome.json !== undefined;

/**
 * Finds the job of a start that ended in doubt. It was created after the last byte by the server's clock, has all file names,
 * and was neither returned nor named by another execution. If it is not certain, throws a NodeApiError with the candidates
 * and how to check. Never starts a second job.
 */
export async function lookForJob(
	ctx: IExecuteFunctions,
	connection: Connection,
	doubt: Doubt,
): Promise<Job> {
	const clock = new ServerClock();
	if (isAnswer(doubt.outcome)) clock.observe(doubt.outcome);
	let found = 'No new job was found.';
	try {
		for (const ms of CHECK_PAUSES_MS) {
			await pause(ctx, ms, MAY_BE_STARTED);
			const candidates = await findCandidates(ctx, connection, doubt, clock);
			const job = await singleOut(ctx, doubt, candidates, clock);
			if (job) return job;
			const ids = candidates.map(({ job: { id } }) => id).filter((id) => !isClaimed(id));
			found =
				ids.length > 0 ? `These jobs may be the one: ${ids.join(', ')}.` : 'No new job was found.';
			// The error will name them.
			if (ms === CHECK_PAUSES_MS.at(-1)) for (const id of ids) claimJob(id);
		}
	} catch (error) {
		throwIfCancelled(ctx, MAY_BE_STARTED);
		if (!(error instanceof NodeApiError)) throw error as NodeApiError;
		found = `The jobs could not be read either (${error.message}).`;
	}
	const { outcome, subject } = doubt;
	const cause = namesNoJob(outcome)
		? 'Unstructured accepted the request but returned no job ID'
		: outcomeError(ctx, connection, outcome, subject).message;
	throw apiError(
		ctx.getNode(),
		{
			message: `${cause}, so a job may or may not have started`,
			description: joinSentences(found, HOW_TO_CHECK, wordsOf(outcome)),
			...(isAnswer(outcome) && { httpCode: String(outcome.statusCode) }),
		},
		connection.apiKey,
	);
}
