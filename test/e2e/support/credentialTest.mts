import type { N8nApi } from '../../../local/n8n/rest.mjs';

interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** What n8n says of a credential, as when a person saves one in the editor. */
export async function testCredential(
	api: N8nApi,
	data: { apiKey: string; apiUrl: string },
): Promise<TestResult> {
	return await api.call('POST', '/credentials/test', {
		credentials: { id: '', name: 'Test', type: 'unstructuredApi', data },
	});
}
