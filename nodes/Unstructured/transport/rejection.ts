import { NodeOperationError } from 'n8n-workflow';
import type { NoAnswer } from './answer';

/** The system calls before a connection exists. Reading has the same codes, if a route is lost meanwhile. */
const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
/** The messages of https-proxy-agent for a proxy that closed the connection or sent nonsense instead of a tunnel. */
export const NO_TUNNEL = /proxy CONNECT response|Proxy connection ended before/i;

interface CodedError {
	code?: unknown;
	syscall?: unknown;
	port?: unknown;
	/** Set for an HTTP status that axios treats as an error. `httpCode` is n8n's name for it. */
	response?: unknown;
	httpCode?: unknown;
	message?: unknown;
	cause?: unknown;
	errors?: unknown;
}

/** Iterates over what the request helper wraps: NodeApiError -> AxiosError -> the error of the socket, or several. */
export function* causes(error: unknown): Generator<CodedError> {
	let current = error;
	for (let depth = 0; typeof current === 'object' && current !== null && depth < 6; depth++) {
		const coded: CodedError = current;
		yield coded;
		current = coded.cause ?? (Array.isArray(coded.errors) ? coded.errors[0] : undefined);
	}
}

/** Describes the exchange from a rejection of n8n's request helper. */
export function describeRejection(error: unknown): NoAnswer {
	const chain = [...causes(error)];
	const innermost = chain.at(-1);
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string') ?? '';
	return {
		code: code as string,
		neverSent: chain.some(
			(link) => CONNECT_CALLS.has(String(link.syscall)) || NO_TUNNEL.test(String(link.message)),
		),
		message: typeof innermost?.message === 'string' ? innermost.message : '',
		unreadableFile: chain.find(
			(link): link is NodeOperationError & CodedError => link instanceof NodeOperationError,
		),
	};
}
