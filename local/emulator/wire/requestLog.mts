import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bytesOf, countBytes } from './countBytes.mjs';
import { emptyForm, type ReceivedFile, type ReceivedForm } from './receiveForm.mjs';

export interface LoggedFile extends Omit<ReceivedFile, 'path' | 'complete'> {
	/** Whether the request was interrupted in this file, or is still arriving. */
	incomplete?: true;
}

/** One request as the server received it, without the key. */
export interface LoggedRequest {
	/** ISO time of its arrival. */
	at: string;
	method: string;
	path: string;
	query: unknown;
	headers: Record<string, unknown>;
	/** The announced bytes of the body. Null if unknown. */
	contentLength: number | null;
	/** `chunked`, or null. */
	transferEncoding: string | null;
	/** The received bytes of the body, without the framing of chunks. */
	bytesReceived: number;
	/** The parts of a multipart body, in order. For an interrupted request, those that arrived. */
	files: LoggedFile[];
	fields: Record<string, string>;
	/** The body if it is JSON, otherwise null. */
	json: unknown;
	/** The status of the response. Null until there is one. */
	status: number | null;
	/** Whether the connection closed before the response was sent. */
	aborted: boolean;
}

interface Entry {
	logged: Omit<LoggedRequest, 'files' | 'fields' | 'json' | 'bytesReceived'>;
	form: ReceivedForm;
	json: () => unknown;
	bytes: () => number;
}

const asLogged = (file: ReceivedFile): LoggedFile => ({
	fieldName: file.fieldName,
	fileName: file.fileName,
	contentType: file.contentType,
	size: file.size,
	sha256: file.sha256,
	...(!file.complete && { incomplete: true }),
});

function jsonOf({ body }: FastifyRequest): unknown {
	try {
		return typeof body === 'string' ? (JSON.parse(body) as unknown) : null;
	} catch {
		return null;
	}
}

function newEntry(request: FastifyRequest): Entry {
	const headers = { ...request.headers };
	if ('unstructured-api-key' in headers) headers['unstructured-api-key'] = '*****';
	const length = request.headers['content-length'];
	return {
		logged: {
			at: new Date().toISOString(),
			method: request.method,
			path: request.url.split('?')[0] ?? '',
			query: request.query,
			headers,
			contentLength: length === undefined ? null : Number(length),
			transferEncoding: request.headers['transfer-encoding'] ?? null,
			status: null,
			aborted: false,
		},
		form: emptyForm(),
		json: () => jsonOf(request),
		bytes: () => bytesOf(request.raw),
	};
}

/** All requests to the API since the start or the last reset. */
export class RequestLog {
	private entries: Entry[] = [];

	private readonly byRequest = new WeakMap<FastifyRequest, Entry>();

	list(): LoggedRequest[] {
		return this.entries.map(({ logged, form, json, bytes }) => ({
			...logged,
			bytesReceived: bytes(),
			files: form.files.map(asLogged),
			fields: form.fields,
			json: json(),
		}));
	}

	clear() {
		this.entries = [];
	}

	/** Returns the form of a request, which is filled as its parts arrive. */
	formOf(request: FastifyRequest): ReceivedForm {
		return this.byRequest.get(request)?.form ?? emptyForm();
	}

	/** Logs a response that is written directly to the connection. */
	setStatus(request: FastifyRequest, status: number) {
		const entry = this.byRequest.get(request);
		if (entry) entry.logged.status = status;
	}

	listen(server: FastifyInstance) {
		countBytes(server.server);
		server.addHook('onRequest', async (request, reply) => {
			if (!request.url.startsWith('/api/')) return;
			const entry = newEntry(request);
			const { logged } = entry;
			this.entries.push(entry);
			this.byRequest.set(request, entry);
			reply.raw.once('finish', () => (logged.status = reply.raw.statusCode));
			reply.raw.once('close', () => (logged.aborted = logged.status === null));
			await Promise.resolve();
		});
	}
}
