import { NodeApiError, type IExecuteFunctions, type NodeOperationError } from 'n8n-workflow';
import { apiError, serverDetail, type Explanation, type Subject } from '../transport/errors';
import { isAnswer, type Answer, type ApiRequest, type NoAnswer } from '../transport/exchange';
import type { MultipartForm } from '../transport/multipart';
import { connect, outcomeError, pause, send, type Connection } from '../transport/request';
import type { RetryLimits } from '../transport/retry';
import { asJob, createdAt, getJob, listJobs, type Job } from './job';
import { sameFiles } from './sameFiles';

/** What a start came to: a job, or the word that the workflow already has an active one. */
export type Started = { job: Job } | { active: string };

export interface JobStart {
	path: string;
	/** What is run, for error texts. */
	subject: Subject;
	/** The workflow that runs, for the look after an unclear end; undefined for an on-demand job. */
	workflowId?: string;
	/** A fresh form for each try, with the files' bytes in all; undefined for a run without files. */
	form?: () => MultipartForm;
	fileNames: string[];
	/** Bytes to send, which decide the time limit. */
	bytes: number;
	/** Unix milliseconds on the server's clock, before the request: a job made earlier is not ours. */
	since: number;
	/** Jobs that this execution started before. */
	ownJobs: ReadonlySet<string>;
}

const START_LIMITS: RetryLimits = { attempts: 8, totalMs: 180_000 };
const ANSWER_TIMEOUT_MS = 300_000;
/** A line of 1 Mbit/s still gets a file through; n8n's own 300 s would cut off a slow upload. */
const SLOWEST_BYTES_PER_MS = 125;
/** A job that is a little older than the request is named in the error, should the server's clocks differ. */
const CLOCK_MARGIN_MS = 30_000;
const LOOK_PAUSES_MS = [250, 1_000, 2_500];

const ACTIVE_WORDS = /no new job run|already has a job|job[^.]*(in progress|running|active)/i;

const isGood = ({ statusCode }: Answer) => statusCode >= 200 && statusCode < 300;

/** The answer to a run of a workflow that has an active job: 202 without an id (unstructured-api.md 4.4). */
const saysActive = (answer: Answer) =>
	(isGood(answer) || [400, 409, 429].includes(answer.statusCode)) &&
	ACTIVE_WORDS.test(serverDetail(answer));

/** Whether a job was started can't be told from this: no answer, an answer that can't be read, or a gateway's. */
const isOpen = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome)
		? outcome.statusCode >= 500 || (isGood(outcome) && outcome.json === undefined)
		: !outcome.neverSent && !outcome.unreadableFile;

async function isOurs(ctx: IExecuteFunctions, job: Job, { fileNames }: JobStart) {
	const { input_file_ids: ids } = job.input_file_ids ? job : await getJob(ctx, job.id);
	return sameFiles(Array.isArray(ids) ? ids.map(String) : [], fileNames);
}

/** Jobs of the workflow since the request: new ones with our files, and any others that may be ours. */
async function findNewJobs(ctx: IExecuteFunctions, start: JobStart) {
	const ours: Job[] = [];
	const others: Job[] = [];
	for (const job of await listJobs(
		ctx,
		start.workflowId ? { workflow_id: start.workflowId } : {},
	)) {
		if (start.ownJobs.has(job.id) || !(createdAt(job) >= start.since - CLOCK_MARGIN_MS)) continue;
		const isNew = createdAt(job) >= start.since;
		(isNew && (await isOurs(ctx, job, start)) ? ours : others).push(job);
	}
	return { ours, others };
}

const HOW_TO_CHECK =
	"Before you run it again, look at the newest jobs with 'Job: Get Many' or on the Jobs page of Unstructured";

function explainOpenEnd(
	cause: NodeApiError | NodeOperationError,
	found: string | undefined,
	form: MultipartForm | undefined,
): Explanation {
	const brokeOff = !found && form !== undefined && form.unsent > 0;
	return {
		message: brokeOff
			? `${cause.message}, during the upload. No job was started`
			: `${cause.message}, so it is not certain whether a job was started`,
		description: brokeOff
			? `A server that refuses files, for their size or otherwise, may end an upload like this. ${cause.description ?? ''}`
			: `${found ?? 'No new job was found'}. ${HOW_TO_CHECK}. ${cause.description ?? ''}`,
		...(cause instanceof NodeApiError && cause.httpCode && { httpCode: cause.httpCode }),
	};
}

/** After an unclear end: the one new job with our files, or an error that says what was found. */
async function lookForJob(
	ctx: IExecuteFunctions,
	connection: Connection,
	start: JobStart,
	outcome: Answer | NoAnswer,
	form: MultipartForm | undefined,
): Promise<Job> {
	const cause = outcomeError(ctx, connection, outcome, start.subject);
	let found: string | undefined;
	try {
		for (const ms of LOOK_PAUSES_MS) {
			await pause(ctx, ms);
			const { ours, others } = await findNewJobs(ctx, start);
			if (ours.length === 1) return ours[0]!;
			const ids = [...ours, ...others].map(({ id }) => id).slice(0, 5);
			if (ids.length > 0) found = `These recent jobs were found: ${ids.join(', ')}`;
		}
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as NodeApiError;
		found = `The list of jobs could not be read either (${error.message})`;
	}
	throw apiError(ctx.getNode(), explainOpenEnd(cause, found, form), connection.apiKey);
}

/**
 * Starts a job with one POST. Sent again only after 429, or when nothing of it left this machine; after an unclear
 * end it looks whether a job was started instead. Throws a NodeApiError.
 */
export async function startJob(ctx: IExecuteFunctions, start: JobStart): Promise<Started> {
	const connection = await connect(ctx);
	let form: MultipartForm | undefined;
	const request = (): ApiRequest => {
		form = start.form?.();
		const timeoutMs = ANSWER_TIMEOUT_MS + Math.ceil(start.bytes / SLOWEST_BYTES_PER_MS);
		return { method: 'POST', path: start.path, body: form, timeoutMs };
	};
	const outcome = await send(ctx, connection, request, {
		repeatable: false,
		limits: START_LIMITS,
		left: `A job may have been started. ${HOW_TO_CHECK}`,
	});
	if (isAnswer(outcome)) {
		const job = isGood(outcome) ? asJob(outcome.json) : undefined;
		if (job) return { job };
		if (saysActive(outcome)) return { active: serverDetail(outcome) };
	}
	if (isOpen(outcome)) return { job: await lookForJob(ctx, connection, start, outcome, form) };
	if (isAnswer(outcome) && isGood(outcome)) throw noJobError(ctx, connection, outcome, start);
	throw outcomeError(ctx, connection, outcome, start.subject);
}

function noJobError(
	ctx: IExecuteFunctions,
	{ apiKey }: Connection,
	answer: Answer,
	start: JobStart,
) {
	const said = serverDetail(answer);
	return apiError(
		ctx.getNode(),
		{
			message: 'Unstructured accepted the request but started no job',
			description: `Check the ${start.subject.noun} in Unstructured, then run this node again${said ? `. Unstructured said: ${said}` : ''}`,
			httpCode: String(answer.statusCode),
		},
		apiKey,
	);
}
