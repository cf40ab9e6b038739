import type { IExecuteFunctions } from 'n8n-workflow';
import {
	apiError,
	redact,
	serverDetail,
	type Explanation,
	type Subject,
} from '../transport/errors';
import { isAnswer, type Answer, type ApiRequest } from '../transport/exchange';
import type { MultipartForm } from '../transport/multipart';
import { connect, isGood, isOpen, outcomeError, send } from '../transport/request';
import type { RetryLimits } from '../transport/retry';
import { asJob, type Job } from './job';
import { lookForJob, MAY_BE_STARTED } from './lookForJob';

/** What a start came to: a job, or the word that the workflow already has an active one. */
export type Started = { job: Job } | { active: string };

export interface JobStart {
	path: string;
	/** What is run, for error texts. */
	subject: Subject;
	/** The workflow that runs; undefined for an on-demand job, which has one of its own. */
	workflowId?: string;
	/** A fresh form for each try; undefined for a run without files. */
	form?: () => MultipartForm;
	fileNames: string[];
	/** Bytes to send, which decide the time limit. */
	bytes: number;
	/** Unix milliseconds on the server's clock, right before the request: a job made earlier is not ours. */
	since: number;
	/** Jobs that this execution started before. */
	ownJobs: ReadonlySet<string>;
}

const START_LIMITS: RetryLimits = { attempts: 8, totalMs: 180_000 };
const ANSWER_TIMEOUT_MS = 300_000;
/** A line of 1 Mbit/s still gets a file through; n8n's own 300 s would cut off a slow upload. */
const SLOWEST_BYTES_PER_MS = 125;

const ACTIVE_WORDS = /no new job run|already has a job|job[^.]*(in progress|running|active)/i;

/** The answer to a run of a workflow that has an active job: 202 without an id (unstructured-api.md 4.4). */
const saysActive = (answer: Answer) =>
	(isGood(answer) || [400, 409, 429].includes(answer.statusCode)) &&
	!asJob(answer.json) &&
	ACTIVE_WORDS.test(serverDetail(answer));

/** The upload ended before the last byte of the files was handed over: the server can't have had the request. */
function explainBrokenUpload({ message, description, httpCode }: Explanation): Explanation {
	return {
		message: `${message}, during the upload. No job was started`,
		description: `A server that refuses files, for their size or otherwise, may end an upload like this. ${description}`,
		httpCode,
	};
}

const explainNoJob = (answer: Answer, { subject }: JobStart): Explanation => ({
	message: 'Unstructured accepted the request but started no job',
	description: `Check the ${subject.noun} in Unstructured, then run this node again${serverDetail(answer) && `. Unstructured said: ${serverDetail(answer)}`}`,
	httpCode: String(answer.statusCode),
});

/**
 * Starts a job with one POST. Sent again only after 429, or when nothing of it left this machine; after an unclear
 * end it looks whether a job was started instead. Throws a NodeApiError.
 */
export async function startJob(ctx: IExecuteFunctions, start: JobStart): Promise<Started> {
	const connection = await connect(ctx);
	const refusesForActive = (answer: Answer) => start.workflowId !== undefined && saysActive(answer);
	let form: MultipartForm | undefined;
	const request = (): ApiRequest => {
		form = start.form?.();
		const timeoutMs = ANSWER_TIMEOUT_MS + Math.ceil(start.bytes / SLOWEST_BYTES_PER_MS);
		return { method: 'POST', path: start.path, body: form, timeoutMs };
	};
	const outcome = await send(ctx, connection, request, {
		repeatable: false,
		limits: START_LIMITS,
		isFinal: refusesForActive,
		left: MAY_BE_STARTED,
	});
	if (isAnswer(outcome)) {
		const job = isGood(outcome) ? asJob(outcome.json) : undefined;
		if (job) return { job };
		if (refusesForActive(outcome)) {
			return { active: redact(serverDetail(outcome), connection.apiKey) };
		}
	}
	const brokeOff = form !== undefined && form.unsent > 0;
	if (isOpen(outcome) && !brokeOff) {
		return { job: await lookForJob(ctx, connection, start, outcome) };
	}
	if (isAnswer(outcome) && isGood(outcome)) {
		throw apiError(ctx.getNode(), explainNoJob(outcome, start), connection.apiKey);
	}
	const error = outcomeError(ctx, connection, outcome, start.subject);
	if (isAnswer(outcome) || outcome.unreadableFile || outcome.neverSent) throw error;
	const explanation = { message: error.message, description: error.description ?? '' };
	throw apiError(ctx.getNode(), explainBrokenUpload(explanation), connection.apiKey);
}
