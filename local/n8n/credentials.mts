import type { N8nApi } from './rest.mjs';

export const CREDENTIAL_NAME = 'Unstructured API (emulator)';

export interface CredentialReference {
	id: string;
	name: string;
}

interface CredentialRow extends CredentialReference {
	type: string;
	data?: { apiUrl?: unknown };
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isLoopback(url: unknown): boolean {
	return typeof url === 'string' && URL.canParse(url) && LOOPBACK.includes(new URL(url).hostname);
}

/**
 * The credential of the emulator, made when there is none. On a later start the emulator may have
 * another port, so a credential that still points to this machine follows it; one that the person
 * has pointed to a real account is left alone.
 */
export async function emulatorCredential(
	api: N8nApi,
	data: { apiKey: string; apiUrl: string },
): Promise<CredentialReference> {
	const wanted = { name: CREDENTIAL_NAME, type: 'unstructuredApi', data };
	const all = await api.call<CredentialRow[]>('GET', '/credentials?includeData=true');
	const found = all.find(({ name, type }) => name === wanted.name && type === wanted.type);
	if (!found) return await api.call<CredentialReference>('POST', '/credentials', wanted);
	if (isLoopback(found.data?.apiUrl)) {
		await api.call('PATCH', `/credentials/${found.id}`, wanted);
	}
	return { id: found.id, name: found.name };
}
