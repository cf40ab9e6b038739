import addFormats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';
import { OpenAPIBackend, type Context, type Document, type Operation } from 'openapi-backend';
import { readContract } from './contract.mjs';
import { HttpError } from '../wire/httpError.mjs';
import type { ReceivedForm } from '../wire/receiveForm.mjs';
import { handlers } from '../routes/index.mjs';
import type { Reply } from '../routes/handler.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { validationError, type Finding } from './validation.mjs';

export const PREFIX = '/api/v1';

/** A status or its class, for example `4XX`. */
const documented = (operation: Operation, status: number) =>
	Object.keys(operation.responses ?? {}).some(
		(code) => code === String(status) || code === `${String(status)[0]}XX`,
	);

/** Returns the response. One that violates the contract is a bug of the emulator, so it throws. */
export function checked(backend: OpenAPIBackend, operation: Operation, reply: Reply): Reply {
	const problem = documented(operation, reply.status)
		? backend.validateResponse(reply.body, operation, reply.status).errors
		: `the status ${reply.status} is not documented`;
	if (!problem?.length) return reply;
	const detail = `The response to ${operation.operationId} violates openapi.yaml: ${JSON.stringify(problem)}`;
	console.error(detail);
	return { status: 500, body: { detail } };
}

/** Routes and validates requests according to `openapi.yaml`, and passes them to the handlers. */
export async function makeBackend(state: EmulatorState): Promise<OpenAPIBackend> {
	const backend = new OpenAPIBackend({
		definition: readContract() as Document,
		apiRoot: PREFIX,
		// Skip the library's own check of the document, which supports only OpenAPI 3.0.
		quick: true,
		ignoreTrailingSlashes: false,
		coerceTypes: true,
		ajvOpts: { useDefaults: true, verbose: true, allErrors: true },
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
		backend.register(
			operationId,
			async ({ request }: Context, _request: FastifyRequest, form: ReceivedForm) =>
				await handler({
					state,
					params: request.params as Record<string, string>,
					query: request.query as Record<string, unknown>,
					body: request.body as unknown,
					form,
				}),
		);
	}
	return backend;
}
