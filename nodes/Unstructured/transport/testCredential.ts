import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { resolveBaseUrl } from './baseUrl';
import { explainAnswer, explainNoAnswer, redact, type Explanation } from './errors';
import { describeRejection } from './exchange';

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const TIMEOUT_MS = 15_000;

const failed = ({ message, description }: Explanation, key: string): INodeCredentialTestResult => ({
	status: 'Error',
	message: redact(`${message}. ${description}`, key),
});

function parse(body: unknown) {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	try {
		return { text, json: JSON.parse(text) as unknown };
	} catch {
		return { text, json: undefined };
	}
}

/** Checks a credential with the cheapest call that needs the key: one workflow of the list (unstructured-api.md 1.5). */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const key = String(credential.data?.apiKey ?? '').trim();
	const base = resolveBaseUrl(String(credential.data?.apiUrl ?? ''));
	if ('reason' in base) return failed({ message: base.reason, description: base.fix }, key);

	// The only way to the network that n8n gives a credential test.
	const { request } = this.helpers;
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
		})) as FullResponse;
		const { statusCode, headers } = response;
		const answer = { statusCode, headers, ...parse(response.body) };
		if (statusCode >= 200 && statusCode < 300 && Array.isArray(answer.json)) {
			return { status: 'OK', message: 'Connection successful' };
		}
		return failed(explainAnswer(answer, { noun: 'list of workflows' }), key);
	} catch (error) {
		return failed(explainNoAnswer(describeRejection(error), base.host), key);
	}
}
