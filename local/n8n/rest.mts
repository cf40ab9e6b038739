import { Failure } from './failure.mjs';

export interface Owner {
	email: string;
	password: string;
}

/** n8n's internal REST API, which its editor uses, with the session of the owner. */
export interface N8nApi {
	/** The version of n8n, for example `2.41.1`. */
	version: string;
	/**
	 * Calls the API and returns the `data` of the response.
	 * @throws Error with n8n's own message for any status other than 2xx
	 */
	call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

interface Answer {
	data?: unknown;
	message?: string;
}

async function send(
	url: string,
	method: string,
	path: string,
	body: unknown,
	cookie?: string,
): Promise<{ response: Response; answer: Answer }> {
	const response = await fetch(`${url}/rest${path}`, {
		method,
		headers: {
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(cookie ? { cookie } : {}),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { response, answer: (await response.json()) as Answer };
}

function sessionCookie(response: Response): string | undefined {
	const cookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
	return cookie?.split(';')[0];
}

/** Creates the owner on the first start, and signs in on later ones. */
async function openSession(url: string, owner: Owner): Promise<string> {
	const { answer } = await send(url, 'GET', '/settings', undefined);
	const settings = answer.data as { userManagement: { showSetupOnFirstLoad: boolean } };
	const { response, answer: signedIn } = settings.userManagement.showSetupOnFirstLoad
		? await send(url, 'POST', '/owner/setup', { ...owner, firstName: 'Local', lastName: 'Owner' })
		: await send(url, 'POST', '/login', {
				emailOrLdapLoginId: owner.email,
				password: owner.password,
			});
	const cookie = sessionCookie(response);
	if (!cookie) {
		throw new Failure(
			`n8n rejected ${owner.email} with the password of the first start ` +
				`(${signedIn.message ?? response.status}). If you changed it, set N8N_LOCAL_DATA to a new folder.`,
		);
	}
	return cookie;
}

/**
 * Signs in as the owner, and creates it if n8n has none yet.
 * @throws Failure if n8n has an owner with another email address or password
 */
export async function signIn(url: string, owner: Owner): Promise<N8nApi> {
	const cookie = await openSession(url, owner);
	const { answer: settings } = await send(url, 'GET', '/settings', undefined, cookie);
	return {
		version: (settings.data as { versionCli: string }).versionCli,
		async call<T>(method: string, path: string, body?: unknown) {
			const { response, answer } = await send(url, method, path, body, cookie);
			if (!response.ok) {
				throw new Error(`n8n: ${method} ${path}: ${response.status} ${answer.message ?? ''}`);
			}
			return answer.data as T;
		},
	};
}
