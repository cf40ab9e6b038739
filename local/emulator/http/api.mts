import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenAPIBackend, Operation } from 'openapi-backend';
import { authenticate } from './authenticate.mjs';
import { checked, makeBackend, PREFIX } from './backend.mjs';
import { readBody, readFields } from './body.mjs';
import { readContract } from './contract.mjs';
import { hasRoute, type Product } from './products.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { discardFiles, receiveForm } from '../wire/receiveForm.mjs';
import type { Reply } from '../routes/handler.mjs';
import type { EmulatorState } from '../platform/state.mjs';

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/;

/** Returns the collection to redirect to: FastAPI redirects one without its slash, with any method. */
function slashed(path: string): string | undefined {
	const collections = Object.keys(readContract().paths).filter((route) => route.endsWith('/'));
	return collections.find((route) => `${PREFIX}${route}` === `${path}/`);
}

const takesForm = (operation: Operation) =>
	operation.requestBody !== undefined &&
	'content' in operation.requestBody &&
	'multipart/form-data' in operation.requestBody.content;

/** Keeps the query parameters of the contract: others are ignored, and the last of a repeated one counts. */
function knownQuery(operation: Operation, query: unknown): Record<string, string> {
	const names = (operation.parameters ?? []).map((one) => ('name' in one ? one.name : ''));
	return Object.fromEntries(
		Object.entries(query as Record<string, string | string[]>)
			.filter(([name]) => names.includes(name))
			.map(([name, value]) => [name, Array.isArray(value) ? (value.at(-1) ?? '') : value]),
	);
}

async function perform(
	backend: OpenAPIBackend,
	state: EmulatorState,
	request: FastifyRequest,
	operation: Operation | undefined,
): Promise<Reply> {
	const form = state.log.formOf(request);
	const given = { method: request.method, path: request.url.split('?')[0], headers: {} };
	if (!operation) return (await backend.handleRequest(given, request, form)) as Reply;
	const isForm = takesForm(operation);
	const fields = isForm ? readFields(request) : undefined;
	let body: unknown;
	if (isForm && request.isMultipart()) {
		await receiveForm(request, form, state.folder);
		await setTimeout(state.options.acceptSeconds * 1000);
	} else if (fields) {
		Object.assign(form.fields, fields);
	} else {
		body = readBody(request, isForm);
	}
	// Files are not validated: anything else in a field for files is ignored.
	if (isForm) body = { ...form.fields, input_files: null };
	const query = knownQuery(operation, request.query);
	return (await backend.handleRequest({ ...given, query, body }, request, form)) as Reply;
}

const startsJob = ({ status, body }: Reply) =>
	status < 400 && typeof body === 'object' && body !== null && 'id' in body;

/** Serves the API below `/api/v1`: checks the key, then the route, then validates, then runs the operation. */
export async function addApi(server: FastifyInstance, state: EmulatorState, product: Product) {
	const backend = await makeBackend(state);

	async function answer(request: FastifyRequest, path: string): Promise<Reply> {
		const operation = backend.router.matchOperation({ method: request.method, path, headers: {} });
		let reply: Reply;
		try {
			reply = await perform(backend, state, request, operation);
		} catch (error) {
			if (!(error instanceof HttpError)) throw error;
			reply = { status: error.status, body: { detail: error.detail } };
		}
		// Without a job, nothing reads the files.
		if (!startsJob(reply)) await discardFiles(state.log.formOf(request));
		return operation ? checked(backend, operation, reply) : reply;
	}

	await server.register((api, _options, done) => {
		// Read all bodies as text: the key is checked before they are parsed.
		api.removeContentTypeParser(['application/json', 'text/plain']);
		api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, next) =>
			next(null, body),
		);
		api.addHook('onRequest', (request, _reply, next) => {
			// The framework would reject an invalid type before the key is checked.
			const type = request.raw.headers['content-type'];
			if (type !== undefined && !MEDIA_TYPE.test(type)) {
				request.raw.headers['content-type'] = 'application/octet-stream';
			}
			next();
		});
		api.route({
			method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
			url: `${PREFIX}/*`,
			handler: async (request, reply) => {
				authenticate(request.headers['unstructured-api-key'], state.key);
				const [path, search] = request.url.split('?');
				if (!hasRoute(product, path.slice(PREFIX.length))) throw new HttpError(404, 'Not Found');
				const collection = slashed(path);
				if (collection) {
					return reply.redirect(`${PREFIX}${collection}${search ? `?${search}` : ''}`, 307);
				}
				const { status, body } = await answer(request, path);
				if (body === null) return reply.code(status).send();
				return reply.code(status).type('application/json').send(JSON.stringify(body));
			},
		});
		done();
	});
}
