import { NodeOperationError } from 'n8n-workflow';
import type { NoAnswer } from './answer';

const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
const CONNECT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

interface CodedError {
	code?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
	errors?: unknown;
}

/** The helper wraps: NodeApiError -> AxiosError -> the socket's error, or several of them. */
function* causes(error: unknown): Generator<CodedError> {
	let current = error;
	for (let depth = 0; typeof current === 'object' && current !== null && depth < 6; depth++) {
		const coded: CodedError = current;
		yield coded;
		current = coded.cause ?? (Array.isArray(coded.errors) ? coded.errors[0] : undefined);
	}
}

/** What a rejection of n8n's request helper says about the exchange. */
export function describeRejection(error: unknown): NoAnswer {
	const chain = [...causes(error)];
	const innermost = chain.at(-1);
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string') ?? '';
	return {
		code: code as string,
		neverSent: chain.some(
			(link) => CONNECT_CODES.has(String(link.code)) || CONNECT_CALLS.has(String(link.syscall)),
		),
		message: typeof innermost?.message === 'string' ? innermost.message : '',
		unreadableFile: chain.find(
			(link): link is NodeOperationError & CodedError => link instanceof NodeOperationError,
		),
	};
}
