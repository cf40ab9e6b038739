import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { cleanApiKey } from './apiKey';
import { resolveBaseUrl } from './baseUrl';
import { readBody, type BodyStream } from './body';
import { explainAnswer, explainNoAnswer, type Explanation } from './errors';
import { peekList } from './peekList';
import { loopbackProxy } from './proxy';
import { redact } from './redact';
import { describeRejection } from './rejection';
import { joinSentences } from './sentences';

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: BodyStream;
}

const TIMEOUT_MS = 15_000;

const failed = ({ message, description }: Explanation, key: string): INodeCredentialTestResult => ({
	status: 'Error',
	message: redact(joinSentences(message, description), key),
});

type Request = ICredentialTestFunctions['helpers']['request'];

/** Sends a GET and reads the response. For a 2xx, only whether it is a list. */
async function getList(request: Request, uri: string, key: string): Promise<Answer | NoAnswer> {
	const sentAt = Date.now();
	const deadline = sentAt + TIMEOUT_MS;
	try {
		const { statusCode, headers, body } = (await request({
			method: 'GET',
			uri,
			headers: { accept: 'application/json', 'unstructured-api-key': key },
			timeout: TIMEOUT_MS,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
		})) as FullResponse;
		const ok = statusCode >= 200 && statusCode < 300;
		const read = ok
			? await peekList(body, { deadline })
			: await readBody(body, { ok, deadline, secret: key });
		if ('broken' in read) {
			return { code: read.broken, neverSent: false, message: 'The response was interrupted' };
		}
		return { statusCode, headers, ...read, sentAt, receivedAt: Date.now() };
	} catch (error) {
		return describeRejection(error);
	}
}

/**
 * Tests a credential with the cheapest calls that need the key: the first workflow, or the beginning of the list of jobs for
 * an account without workflows (docs/api-notes.md 1.7).
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const key = cleanApiKey(credential.data?.apiKey);
	const base = resolveBaseUrl(String(credential.data?.apiUrl ?? ''));
	if ('reason' in base) return failed({ message: base.reason, description: base.fix }, key);
	// n8n offers a credential test no other way to send requests.
	const { request } = this.helpers;
	const proxied = await loopbackProxy(base.url, async (uri) => (await request({ uri })) as unknown);
	if (proxied) return failed({ message: proxied.reason, description: proxied.fix }, key);

	const jobs = `${base.url}/jobs/`;
	const workflows = `${base.url}/workflows/?page=1&page_size=1`;
	let outcome = await getList(request, base.isTransform ? jobs : workflows, key);
	const mayBeTransform =
		!base.isTransform && isAnswer(outcome) && [403, 404].includes(outcome.statusCode);
	if (mayBeTransform) outcome = await getList(request, jobs, key);
	if (isAnswer(outcome) && isGood(outcome) && outcome.json !== undefined) {
		return { status: 'OK', message: 'Connection successful' };
	}
	const explanation = isAnswer(outcome)
		? explainAnswer(outcome, { noun: 'list of jobs' })
		: explainNoAnswer(outcome, base.host);
	return failed(explanation, key);
}
