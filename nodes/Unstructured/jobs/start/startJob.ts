import type { IExecuteFunctions } from 'n8n-workflow';
import { asJob, type Job } from '../../api/jobs';
import { isAnswer, isGood, isOpen, type Answer, type NoAnswer } from '../../transport/answer';
import { connect, type Connection } from '../../transport/connection';
import { apiError, serverDetail, type Explanation } from '../../transport/errors';
import type { ApiRequest } from '../../transport/exchange';
import { cleanFileName } from '../../transport/fileNames';
import { MultipartForm, type FilePart } from '../../transport/multipart';
import { hideIn, redact } from '../../transport/redact';
import type { RetryLimits } from '../../transport/retry';
import { secretsIn } from '../../transport/secrets';
import { outcomeError, send } from '../../transport/send';
import { joinSentences } from '../../transport/sentences';
import type { Subject } from '../../transport/subject';
import { beginStart, claimJob, endStart, type PendingStart } from './claims';
import { lookForJob, MAY_BE_STARTED } from './lookForJob';

/** The outcome of a start: a job, or the server's message that the workflow already has an active one. */
export type Started = { job: Job } | { active: string };

/** A job to start. */
export interface JobStart {
	path: string;
	/** What is run, for error texts. */
	subject: Subject;
	/** The workflow that runs; undefined for an on-demand job, which has one of its own. */
	workflowId?: string;
	files: FilePart[];
	/** Fields to send next to the files, e.g. `request_data`. */
	fields?: Record<string, string>;
}

const START_LIMITS: RetryLimits = { attempts: 8, totalMs: 180_000 };
const ANSWER_TIMEOUT_MS = 300_000;
/** Equals 1 Mbit/s. The default timeout of n8n, 300 s, would abort a slow upload. */
const SLOWEST_BYTES_PER_MS = 125;

const ACTIVE_WORDS = /no new job run|already has a job|job[^.]*(in progress|running|active)/i;

/** Whether a response says that the workflow has an active job: 202 without an ID (docs/api-notes.md 3.4). */
const saysActive = (answer: Answer) =>
	(isGood(answer) || [400, 409, 429].includes(answer.statusCode)) &&
	!asJob(answer.json) &&
	ACTIVE_WORDS.test(serverDetail(answer));

/** Makes a new form for each attempt. Undefined for a run that sends nothing. */
function formOf({ fields = {}, files }: JobStart): MultipartForm | undefined {
	if (files.length === 0 && Object.keys(fields).length === 0) return undefined;
	const form = new MultipartForm();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	for (const file of files) form.append('input_files', file);
	return form;
}

/** The timeout of a start in milliseconds. It grows with the size of the upload. */
const timeoutOf = ({ files }: JobStart) =>
	ANSWER_TIMEOUT_MS +
	Math.ceil(files.reduce((sum, { size }) => sum + size, 0) / SLOWEST_BYTES_PER_MS);

/** Explains an upload that ended before its last byte: the server can't have received the request. */
function explainBrokenUpload({ message, description, httpCode }: Explanation): Explanation {
	return {
		message: `No job was started, because the upload failed: ${message}`,
		description: joinSentences(
			'A server that rejects files, e.g. because of their size, may end an upload like this',
			description,
		),
		httpCode,
	};
}

/** The outcome of the one POST, and what it means. */
interface Sent {
	outcome: Answer | NoAnswer;
	/** The job that the response names. */
	job: Job | undefined;
	/** Whether the body was sent completely, so the server may have received the request. */
	isWhole: boolean;
}

/** Whether a job may be running that the outcome does not name. A successful response without an ID counts too. */
const isInDoubt = ({ outcome, isWhole }: Sent) =>
	isWhole && (isOpen(outcome) || (isAnswer(outcome) && isGood(outcome)));

async function sendStart(
	ctx: IExecuteFunctions,
	connection: Connection,
	start: JobStart,
	use: (sent: Sent, pending: PendingStart) => Promise<Started>,
): Promise<Started> {
	let form: MultipartForm | undefined;
	let begunAt: number | undefined;
	const pending: PendingStart = {
		workflowId: start.workflowId,
		fileNames: start.files.map(({ name }) => cleanFileName(name)),
		doubtful: [],
		handedOverAt: () => (form && start.files.length > 0 ? form.handedOverAt : begunAt),
	};
	const request = (): ApiRequest => {
		form = formOf(start);
		begunAt = Date.now();
		return { method: 'POST', path: start.path, body: form, timeoutMs: timeoutOf(start) };
	};
	beginStart(pending);
	let isDoubtful = true;
	try {
		const response = await send(ctx, connection, request, {
			repeatable: false,
			limits: START_LIMITS,
			isFinal: (answer) => start.workflowId !== undefined && saysActive(answer),
			stillRunning: MAY_BE_STARTED,
		});
		// Nodes may contain keys, which the server may quote.
		const outcome = isAnswer(response) ? hideIn(response, secretsIn(start.fields)) : response;
		const job = isAnswer(response) && isGood(response) ? asJob(response.json) : undefined;
		const sent = { outcome, job, isWhole: form === undefined || form.unsent === 0 };
		isDoubtful = isInDoubt(sent);
		const started = await use(sent, pending);
		isDoubtful = false;
		if ('job' in started) claimJob(started.job.id);
		return started;
	} finally {
		endStart(pending, isDoubtful);
	}
}

/**
 * Starts a job with one POST. It is sent again only after 429, or if no connection was made. If the outcome is in doubt, finds
 * out whether a job was started instead. Throws a NodeApiError.
 */
export async function startJob(ctx: IExecuteFunctions, start: JobStart): Promise<Started> {
	const connection = await connect(ctx);
	return await sendStart(ctx, connection, start, async (sent, pending) => {
		const { outcome, job } = sent;
		if (job) return { job };
		if (isAnswer(outcome) && start.workflowId !== undefined && saysActive(outcome)) {
			return { active: redact(serverDetail(outcome), connection.apiKey) };
		}
		if (isInDoubt(sent)) {
			const { subject } = start;
			const doubt = { subject, start: pending, outcome, endedAt: Date.now() };
			return { job: await lookForJob(ctx, connection, doubt) };
		}
		const error = outcomeError(ctx, connection, outcome, start.subject);
		if (isAnswer(outcome) || outcome.unreadableFile || outcome.neverSent) throw error;
		const explanation = { message: error.message, description: error.description ?? '' };
		throw apiError(ctx.getNode(), explainBrokenUpload(explanation), connection.apiKey);
	});
}
