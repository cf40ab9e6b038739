import addFormats from 'ajv-formats';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { authenticate } from './authenticate.mjs';
import { readContract } from './contract.mjs';
import { HttpError } from './httpError.mjs';
import { handlers } from './routes/index.mjs';
import type { Reply } from './routes/handler.mjs';
import type { EmulatorState } from './state.mjs';
import { validationError, type Finding } from './validation.mjs';

const PREFIX = '/api/v1';

/** Answers in the contract's name; one that breaks it is a fault of the emulator, and says so loudly. */
function checked(backend: OpenAPIBackend, context: Context, reply: Reply): Reply {
	const { errors } = backend.validateResponse(reply.body, context.operation, reply.status);
	if (!errors?.length) return reply;
	console.error(`${context.operation.operationId}: the answer breaks openapi.yaml`, errors);
	return {
		status: 500,
		body: { detail: `The answer breaks the contract: ${JSON.stringify(errors)}` },
	};
}

async function makeBackend(state: EmulatorState) {
	const backend = new OpenAPIBackend({
		definition: readContract() as Document,
		apiRoot: PREFIX,
		// Without its own check of the document, which knows OpenAPI 3.0 only.
		quick: true,
		ignoreTrailingSlashes: false,
		coerceTypes: true,
		ajvOpts: { useDefaults: true, verbose: true },
		customizeAjv: (ajv) => addFormats.default(ajv),
		handlers: {
			notFound: () => {
				throw new HttpError(404, 'Not Found');
			},
			methodNotAllowed: () => {
				throw new HttpError(405, 'Method Not Allowed');
			},
			validationFail: (context: Context) => {
				throw validationError((context.validation.errors ?? []) as Finding[]);
			},
		},
	});
	await backend.init();
	for (const [operationId, handler] of Object.entries(handlers)) {
		backend.register(operationId, async (context: Context, request: FastifyRequest) => {
			const reply = await handler({
				state,
				params: context.request.params as Record<string, string>,
				query: context.request.query as Record<string, unknown>,
				body: request.isMultipart() ? undefined : request.body,
				request,
			});
			return checked(backend, context, reply);
		});
	}
	return backend;
}

/** FastAPI redirects a collection without its slash, whatever the method. */
function slashed(path: string): string | undefined {
	const collections = Object.keys(readContract().paths).filter((route) => route.endsWith('/'));
	return collections.find((route) => `${PREFIX}${route}` === `${path}/`);
}

/** Serves the API below `/api/v1`: the key first, then the route, then validation, then the operation. */
export async function addApi(server: FastifyInstance, state: EmulatorState) {
	const backend = await makeBackend(state);
	const answer = async (request: FastifyRequest, reply: FastifyReply) => {
		authenticate(request.headers['unstructured-api-key'], state.key);
		const [path, search] = request.url.split('?');
		const collection = slashed(path);
		if (collection) {
			return reply.redirect(`${PREFIX}${collection}${search ? `?${search}` : ''}`, 307);
		}
		const { status, body } = (await backend.handleRequest(
			{
				method: request.method,
				path,
				query: request.query as Record<string, string>,
				headers: request.headers as Record<string, string>,
				body: request.isMultipart() ? undefined : request.body,
			},
			request,
		)) as Reply;
		return reply.code(status).type('application/json').send(JSON.stringify(body));
	};
	server.route({
		method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		url: `${PREFIX}/*`,
		handler: answer,
	});
}
