import type { N8nApi } from '../../../local/n8n/rest.mjs';

interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** Saves a credential and returns the result of n8n's test. Older versions of n8n test only saved credentials. */
export async function testCredential(
	api: N8nApi,
	data: { apiKey: string; apiUrl: string },
): Promise<TestResult> {
	const credential = { name: 'Test', type: 'unstructuredApi', data };
	const { id } = await api.call<{ id: string }>('POST', '/credentials', credential);
	return await api.call('POST', '/credentials/test', { credentials: { id, ...credential } });
}
