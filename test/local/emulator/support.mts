import { startEmulator, type Emulator } from '../../support/emulator.mjs';

/** Something that was read as JSON. */
export type Json = Record<string, unknown>;

/** A job as the API returns it. */
export interface ApiJob {
	id: string;
	workflow_id: string;
	workflow_name: string;
	status: string;
	created_at: string;
	runtime: string | null;
	input_file_ids: string[];
	output_node_files: Array<{ file_id: string; node_id: string; node_type: string }>;
}

export interface Answer<Body> {
	status: number;
	body: Body;
	headers: Headers;
}

/** Parts of a multipart body, written by Node's own client. */
export function form(
	files: Array<[name: string, content: string | Buffer, type?: string]>,
	field = 'input_files',
) {
	const data = new FormData();
	for (const [name, content, type = 'text/plain'] of files) {
		data.append(field, new Blob([new Uint8Array(Buffer.from(content))], { type }), name);
	}
	return data;
}

/** One emulator for a test file, reset before each test, and calls to it by Node's own client. */
export function useApi() {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	beforeEach(() => emulator.reset());
	afterAll(() => emulator.close());

	async function call<Body = Json>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
		const headers = new Headers(init.headers);
		if (!headers.has('unstructured-api-key')) headers.set('unstructured-api-key', emulator.key);
		const response = await fetch(`${emulator.url}/api/v1${path}`, {
			redirect: 'manual',
			...init,
			headers,
		});
		const text = await response.text();
		const body = (text ? JSON.parse(text) : null) as Body;
		return { status: response.status, body, headers: response.headers };
	}

	const post = <Body = Json,>(
		path: string,
		body?: RequestInit['body'],
		headers?: Record<string, string>,
	) => call<Body>(path, { method: 'POST', body, headers });

	return {
		get emulator() {
			return emulator;
		},
		call,
		post,
		postJson: <Body = Json,>(path: string, body: unknown, method = 'POST') =>
			call<Body>(path, {
				method,
				body: JSON.stringify(body),
				headers: { 'content-type': 'application/json' },
			}),
		/** A control route, whatever it answers. */
		async control<Body = Json>(
			path: string,
			body?: unknown,
		): Promise<{ status: number; body: Body }> {
			const response = await fetch(`${emulator.url}/_emulator/${path}`, {
				method: body === undefined ? 'GET' : 'POST',
				...(body !== undefined && {
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				}),
			});
			return { status: response.status, body: (await response.json()) as Body };
		},
		/** Runs a workflow on files. */
		run: (workflowId: string, ...files: Parameters<typeof form>[0]) =>
			post<ApiJob>(`/workflows/${workflowId}/run`, form(files)),
		/** Launches an on-demand job; by default of the template with one node. */
		launch: (
			requestData: unknown = { template_id: 'hi_res_partition' },
			files: Parameters<typeof form>[0] = [['a.txt', 'a']],
			field?: string,
		) => {
			const data = form(files, field);
			data.append('request_data', JSON.stringify(requestData));
			return post<ApiJob>('/jobs/', data);
		},
	};
}

export type Api = ReturnType<typeof useApi>;
