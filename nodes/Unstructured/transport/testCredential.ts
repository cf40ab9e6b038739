import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { resolveBaseUrl } from './baseUrl';
import { readBody, type BodyStream } from './body';
import { explainAnswer, explainNoAnswer, type Explanation } from './errors';
import { redact } from './redact';
import { describeRejection } from './rejection';

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: BodyStream;
}

const TIMEOUT_MS = 15_000;

const failed = ({ message, description }: Explanation, key: string): INodeCredentialTestResult => ({
	status: 'Error',
	message: redact(`${message}. ${description}`, key),
});

/** Checks a credential with the cheapest call that needs the key: one workflow of the list (docs/api-notes.md 1.7). */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const key = String(credential.data?.apiKey ?? '').trim();
	const base = resolveBaseUrl(String(credential.data?.apiUrl ?? ''));
	if ('reason' in base) return failed({ message: base.reason, description: base.fix }, key);

	// The only way to the network that n8n gives a credential test.
	const { request } = this.helpers;
	const deadline = Date.now() + TIMEOUT_MS;
	try {
		const response = (await request({
			method: 'GET',
			uri: `${base.url}/workflows/`,
			qs: { page: 1, page_size: 1 },
			headers: { accept: 'application/json', 'unstructured-api-key': key },
			timeout: TIMEOUT_MS,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
		})) as FullResponse;
		const { statusCode, headers } = response;
		const ok = statusCode >= 200 && statusCode < 300;
		const body = await readBody(response.body, { ok, deadline, secret: key });
		if ('broken' in body) {
			const { broken: code } = body;
			const message = 'The answer broke off';
			return failed(explainNoAnswer({ code, neverSent: false, message }, base.host), key);
		}
		if (ok && Array.isArray(body.json)) {
			return { status: 'OK', message: 'Connection successful' };
		}
		return failed(
			explainAnswer({ statusCode, headers, ...body }, { noun: 'list of workflows' }),
			key,
		);
	} catch (error) {
		return failed(explainNoAnswer(describeRejection(error), base.host), key);
	}
}
