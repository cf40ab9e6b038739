import OpenAI from 'openai';
import { type OpenAi, startOpenAi } from '../../../local/openai/server.mjs';

/** The OpenAI stand-in for a test file, reset before each test, and OpenAI's own client for it. */
export function useOpenAi() {
	let server: OpenAi;
	let client: OpenAI;
	beforeAll(async () => {
		server = await startOpenAi();
		client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.key, maxRetries: 0 });
	});

	const control = async (path: string, body?: unknown) => {
		const response = await fetch(`${server.url}/_openai/${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			...(body !== undefined && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		return { status: response.status, body: await response.json() };
	};
	beforeEach(() => control('reset', {}));
	afterAll(() => server.close());

	return {
		get server() {
			return server;
		},
		get client() {
			return client;
		},
		control,
	};
}
