import type { IExecuteFunctions } from 'n8n-workflow';
import { asJob, type Job } from '../../api/jobs';
import { isAnswer, isGood, isOpen, type Answer } from '../../transport/answer';
import { connect } from '../../transport/connection';
import { apiError, serverDetail, type Explanation } from '../../transport/errors';
import type { ApiRequest } from '../../transport/exchange';
import { MultipartForm } from '../../transport/multipart';
import { hideIn, redact } from '../../transport/redact';
import type { RetryLimits } from '../../transport/retry';
import { secretsIn } from '../../transport/secrets';
import { outcomeError, send } from '../../transport/send';
import { lookForJob, MAY_BE_STARTED, type StartedJob } from './lookForJob';

/** What a start came to: a job, or the word that the workflow already has an active one. */
export type Started = { job: Job } | { active: string };

/** A job to start. */
export interface JobStart extends StartedJob {
	path: string;
	/** What is sent beside the files, e.g. `request_data`. */
	fields?: Record<string, string>;
}

const START_LIMITS: RetryLimits = { attempts: 8, totalMs: 180_000 };
const ANSWER_TIMEOUT_MS = 300_000;
/** A line of 1 Mbit/s still gets a file through; n8n's own 300 s would cut off a slow upload. */
const SLOWEST_BYTES_PER_MS = 125;

const ACTIVE_WORDS = /no new job run|already has a job|job[^.]*(in progress|running|active)/i;

/** The answer to a run of a workflow that has an active job: 202 without an id (docs/api-notes.md 3.4). */
const saysActive = (answer: Answer) =>
	(isGood(answer) || [400, 409, 429].includes(answer.statusCode)) &&
	!asJob(answer.json) &&
	ACTIVE_WORDS.test(serverDetail(answer));

/** A fresh form for each try; undefined for a run that sends nothing. */
function formOf({ fields = {}, files }: JobStart): MultipartForm | undefined {
	if (files.length === 0 && Object.keys(fields).length === 0) return undefined;
	const form = new MultipartForm();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	for (const file of files) form.append('input_files', file);
	return form;
}

/** A large upload may take longer. In milliseconds. */
const timeoutOf = ({ files }: JobStart) =>
	ANSWER_TIMEOUT_MS +
	Math.ceil(files.reduce((sum, { size }) => sum + size, 0) / SLOWEST_BYTES_PER_MS);

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
		form = formOf(start);
		return { method: 'POST', path: start.path, body: form, timeoutMs: timeoutOf(start) };
	};
	const sent = await send(ctx, connection, request, {
		repeatable: false,
		limits: START_LIMITS,
		isFinal: refusesForActive,
		stillRunning: MAY_BE_STARTED,
	});
	const job = isAnswer(sent) && isGood(sent) ? asJob(sent.json) : undefined;
	if (job) return { job };
	// Nodes may have keys in them, which a server may quote.
	const outcome = isAnswer(sent) ? hideIn(sent, secretsIn(start.fields)) : sent;
	if (isAnswer(outcome) && refusesForActive(outcome)) {
		return { active: redact(serverDetail(outcome), connection.apiKey) };
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
