import type { AddressInfo } from 'node:net';
import fastify, { type FastifyReply } from 'fastify';
import { type Answer, answerChat, type ChatRequest } from './chatCompletions.mjs';
import { unixSeconds } from './content.mjs';
import { answerEmbeddings, type EmbeddingsRequest } from './embeddings.mjs';
import { OpenAiError } from './openAiError.mjs';
import { answerResponses, type ResponsesRequest } from './responses.mjs';
import { Script } from './script.mjs';

const MODELS = ['gpt-4.1-mini', 'gpt-5-mini', 'text-embedding-3-large', 'text-embedding-3-small'];

export const OPENAI_KEY = 'openai-stand-in-key';

/** A request with the status of its response. */
export interface SeenRequest {
	method: string;
	/** For example `/v1/embeddings`. */
	path: string;
	body: unknown;
	status: number;
}

export interface OpenAi {
	/** Without a trailing slash and without `/v1`. */
	url: string;
	key: string;
	close: () => Promise<void>;
}

/** Sends the events of a stream like the API: with the name of their type if they have one, otherwise with `[DONE]`. */
function sendEvents(reply: FastifyReply, events: object[]) {
	const named = (event: object) => ('type' in event ? `event: ${String(event.type)}\n` : '');
	const lines = events.map((event) => `${named(event)}data: ${JSON.stringify(event)}\n\n`);
	const end = events.some((event) => 'type' in event) ? '' : 'data: [DONE]\n\n';
	return reply.type('text/event-stream').send(lines.join('') + end);
}

const send = (reply: FastifyReply, answer: Answer) =>
	'whole' in answer ? reply.send(answer.whole) : sendEvents(reply, answer.events);

/**
 * Starts a stand-in for OpenAI on 127.0.0.1 with the same protocol: deterministic embeddings, and scripted chats (README.md).
 * @param port 0 for any free port
 */
export async function startOpenAi(port = 0): Promise<OpenAi> {
	const script = new Script();
	let seen: SeenRequest[] = [];
	const server = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
	const isApi = (url: string) => url.startsWith('/v1/');

	server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		const answer =
			error instanceof OpenAiError
				? error
				: new OpenAiError(error.statusCode ?? 500, error.message, 'invalid_request_error');
		return reply.code(answer.status).send(answer.body);
	});
	server.setNotFoundHandler(({ method, url }) => {
		throw new OpenAiError(404, `Invalid URL (${method} ${url})`, 'invalid_request_error');
	});
	server.addHook('onRequest', ({ url, headers }, _reply, done) => {
		const isWrong = isApi(url) && headers.authorization !== `Bearer ${OPENAI_KEY}`;
		const refusal = new OpenAiError(401, 'Incorrect API key provided.', 'invalid_request_error');
		done(isWrong ? refusal : undefined);
	});
	server.addHook('onSend', ({ method, url, body }, { statusCode }, payload, done) => {
		if (isApi(url)) seen.push({ method, path: url, body: body ?? null, status: statusCode });
		done(null, payload);
	});

	server.get('/v1/models', () => ({
		object: 'list',
		data: MODELS.map((id) => ({ id, object: 'model', created: unixSeconds(), owned_by: 'local' })),
	}));
	server.post<{ Body: EmbeddingsRequest }>('/v1/embeddings', ({ body }) => answerEmbeddings(body));
	server.post<{ Body: ChatRequest }>('/v1/chat/completions', ({ body }, reply) =>
		send(reply, answerChat(body, script)),
	);
	server.post<{ Body: ResponsesRequest }>('/v1/responses', ({ body }, reply) =>
		send(reply, answerResponses(body, script)),
	);

	server.post('/_openai/script', ({ body }) => ({ replies: script.set(body) }));
	server.get('/_openai/requests', () => seen);
	server.post('/_openai/reset', () => {
		script.set([]);
		seen = [];
		return {};
	});

	await server.listen({ port, host: '127.0.0.1' });
	const { port: bound } = server.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${bound}`, key: OPENAI_KEY, close: () => server.close() };
}
