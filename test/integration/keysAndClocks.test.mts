import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { filesAsItems, runEngine } from '../support/engine.mjs';
import { byId, jobParameters, jsonItems, runParameters } from '../support/node.mjs';

async function withServer<Result>(
	listener: RequestListener,
	use: (url: string) => Promise<Result>,
) {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

const KEY = 'goodkey-0123456789';
const getJob = (apiUrl: string, apiKey = KEY) =>
	runEngine({
		parameters: jobParameters('get', { jobId: 'a' }),
		items: jsonItems({}),
		apiUrl,
		apiKey,
	});

it.each([
	['unchanged', KEY],
	['with a zero-width space', `${KEY}\u200b`],
	['with a line break inside', 'goodkey-\n0123456789'],
	['with spaces around and inside', ' goodkey- 0123456789 '],
])('sends a key pasted %s, and masks it in echoes', async (_how, pasted) => {
	const sent: unknown[] = [];
	const result = await withServer(
		(request, response) => {
			const key = request.headers['unstructured-api-key'];
			sent.push(key);
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ detail: `Bad request, key was ${String(key)}` }));
		},
		async (url) => await getJob(url, pasted),
	);
	expect(sent).toEqual([KEY]);
	expect(result.error?.description).toContain('key was *****');
	expect(JSON.stringify(result.run.data)).not.toContain(KEY);
});

it.each([10, -10])(
	'waits out a Retry-After date of a server whose clock is %i minutes ahead',
	async (ahead) => {
		const at: number[] = [];
		const { error } = await withServer((_request, response) => {
			at.push(Date.now());
			const now = Date.now() + ahead * 60_000;
			const headers = {
				'content-type': 'application/json',
				date: new Date(now).toUTCString(),
				'retry-after': new Date(now + 3_000).toUTCString(),
			};
			response.writeHead(at.length === 1 ? 429 : 200, headers);
			response.end(at.length === 1 ? '{"detail": "Slow down"}' : '{"id": "a"}');
		}, getJob);
		expect(error).toBeUndefined();
		const [first, second, ...more] = at;
		expect(more).toEqual([]);
		expect(second - first).toBeGreaterThanOrEqual(1_900);
		expect(second - first).toBeLessThan(10_000);
	},
);

it('reads a job ID after a byte order mark', async () => {
	const started = await withServer(
		(request, response) => {
			request.resume().on('end', () => {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(
					request.method === 'POST' ? '\ufeff{"id": "a"}' : '{"id": "w", "sources": []}',
				);
			});
		},
		async (apiUrl) =>
			await runEngine({
				parameters: runParameters({ workflowId: byId('w') }),
				items: filesAsItems([{ name: 'a.txt', data: 'a' }]),
				apiUrl,
				apiKey: KEY,
			}),
	);
	expect(started.outputs[0]).toMatchObject([{ json: { id: 'a' } }]);
});

it.each(['{"detail": "Accepted"}', '{"job_id": "ours"}', 'null', '{"id": 7}'])(
	'finds a job created in a whole second if the response is %s',
	async (text) => {
		const jobs: unknown[] = [];
		let posts = 0;
		const id = `ours-${text.length}`;
		const result = await withServer(
			(request, response) => {
				request.resume().on('end', () => {
					response.writeHead(200, { 'content-type': 'application/json' });
					if (request.method === 'POST') {
						posts++;
						const created_at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
						jobs.push({
							id,
							workflow_id: 'w',
							status: 'SCHEDULED',
							created_at,
							input_file_ids: ['a-0a1b2c3d.txt'],
						});
						response.end(text);
					} else if (request.url?.includes('/jobs/?')) response.end(JSON.stringify(jobs));
					else if (request.url?.includes('/jobs/')) response.end(JSON.stringify(jobs[0]));
					else response.end('{"id": "w", "sources": []}');
				});
			},
			async (apiUrl) =>
				await runEngine({
					parameters: runParameters({ workflowId: byId('w') }),
					items: filesAsItems([{ name: 'a.txt', data: 'a' }]),
					apiUrl,
					apiKey: KEY,
				}),
		);
		expect(posts).toBe(1);
		expect(result.outputs[0]).toMatchObject([{ json: { id } }]);
	},
);
