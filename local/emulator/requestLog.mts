import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ReceivedFile } from './intake.mjs';

/** One request as the server saw it. The key is not kept. */
export interface LoggedRequest {
	/** ISO time of its arrival. */
	at: string;
	method: string;
	path: string;
	query: unknown;
	headers: Record<string, unknown>;
	/** Parts of a multipart body, in order. */
	files: Array<Omit<ReceivedFile, 'path'>>;
	fields: Record<string, string>;
	/** The status answered; null while there is none. */
	status: number | null;
	/** The connection ended before the answer was sent. */
	aborted: boolean;
}

/** Every request to the API since the start or the last reset. */
export class RequestLog {
	private entries: LoggedRequest[] = [];

	private readonly byRequest = new WeakMap<FastifyRequest, LoggedRequest>();

	list() {
		return this.entries;
	}

	clear() {
		this.entries = [];
	}

	/** Adds what a multipart request carried. */
	addForm(
		request: FastifyRequest,
		{ files, fields }: { files: ReceivedFile[]; fields: Record<string, string> },
	) {
		const entry = this.byRequest.get(request);
		if (!entry) return;
		entry.files = files.map(({ fieldName, fileName, contentType, size, sha256 }) => ({
			fieldName,
			fileName,
			contentType,
			size,
			sha256,
		}));
		entry.fields = fields;
	}

	listen(server: FastifyInstance) {
		server.addHook('onRequest', async (request, reply) => {
			if (!request.url.startsWith('/api/')) return;
			const headers = { ...request.headers };
			if ('unstructured-api-key' in headers) headers['unstructured-api-key'] = '*****';
			const entry: LoggedRequest = {
				at: new Date().toISOString(),
				method: request.method,
				path: request.url.split('?')[0] ?? '',
				query: request.query,
				headers,
				files: [],
				fields: {},
				status: null,
				aborted: false,
			};
			this.entries.push(entry);
			this.byRequest.set(request, entry);
			reply.raw.once('finish', () => (entry.status = reply.raw.statusCode));
			reply.raw.once('close', () => (entry.aborted = entry.status === null));
			await Promise.resolve();
		});
	}
}
