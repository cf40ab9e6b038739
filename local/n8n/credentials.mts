import type { ObjectStore } from '../s3/server.mjs';
import type { N8nApi } from './rest.mjs';

export interface CredentialReference {
	id: string;
	name: string;
}

interface CredentialData {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

interface CredentialRow extends CredentialReference {
	type: string;
	data?: Record<string, unknown>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isLoopback(address: unknown): boolean {
	if (typeof address !== 'string') return false;
	return LOOPBACK.includes(URL.canParse(address) ? new URL(address).hostname : address);
}

/**
 * Creates a credential for a server on this machine, if it does not exist. On a later start the server may have another port,
 * so a credential that still points to this machine is updated. One that the user changed to a real account stays unchanged.
 * @param addressField the field of its data with the URL or host
 */
async function localCredential(
	api: N8nApi,
	wanted: CredentialData,
	addressField: string,
): Promise<CredentialReference> {
	const all = await api.call<CredentialRow[]>('GET', '/credentials?includeData=true');
	const found = all.find(({ name, type }) => name === wanted.name && type === wanted.type);
	if (!found) return await api.call<CredentialReference>('POST', '/credentials', wanted);
	if (isLoopback(found.data?.[addressField])) {
		await api.call('PATCH', `/credentials/${found.id}`, wanted);
	}
	return { id: found.id, name: found.name };
}

export const emulatorCredential = (api: N8nApi, data: { apiKey: string; apiUrl: string }) =>
	localCredential(
		api,
		{ name: 'Unstructured API (emulator)', type: 'unstructuredApi', data },
		'apiUrl',
	);

/**
 * Creates the credential of the OpenAI stand-in.
 * @param url of the stand-in, without `/v1`
 */
export const openAiCredential = (api: N8nApi, { key, url }: { key: string; url: string }) =>
	localCredential(
		api,
		{ name: 'OpenAI (stand-in)', type: 'openAiApi', data: { apiKey: key, url: `${url}/v1` } },
		'url',
	);

/** Creates the credential for email that is shown in the terminal and sent nowhere. */
export const smtpCredential = (api: N8nApi, { host, port }: { host: string; port: number }) =>
	localCredential(
		api,
		{
			name: 'SMTP (shown in the terminal)',
			type: 'smtp',
			data: { host, port, secure: false, disableStartTls: true },
		},
		'host',
	);

/** Creates the credential for a server with bucket names in its paths: one without a domain can't have subdomains. */
export const s3Credential = (api: N8nApi, { url, accessKeyId, secretAccessKey }: ObjectStore) =>
	localCredential(
		api,
		{
			name: 'S3 (on this machine)',
			type: 's3',
			data: {
				endpoint: url,
				region: 'us-east-1',
				accessKeyId,
				secretAccessKey,
				forcePathStyle: true,
			},
		},
		'endpoint',
	);
