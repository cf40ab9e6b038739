import { NodeOperationError } from 'n8n-workflow';
import type { NoAnswer } from './answer';

/** The system calls before a connection is there. The same codes come from a read, when a route is lost on the way. */
const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
/** How https-proxy-agent says that a proxy has closed the connection, or talked nonsense, in place of making a tunnel. */
export const NO_TUNNEL = /proxy CONNECT response|Proxy connection ended before/i;

interface CodedError {
	code?: unknown;
	syscall?: unknown;
	port?: unknown;
	/** Of a status that counts as an error, and how n8n names it. */
	response?: unknown;
	httpCode?: unknown;
	message?: unknown;
	cause?: unknown;
	errors?: unknown;
}

/** The helper wraps: NodeApiError -> AxiosError -> the socket's error, or several of them. */
export function* causes(error: unknown): Generator<CodedError> {
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
			(link) => CONNECT_CALLS.has(String(link.syscall)) || NO_TUNNEL.test(String(link.message)),
		),
		message: typeof innermost?.message === 'string' ? innermost.message : '',
		unreadableFile: chain.find(
			(link): link is NodeOperationError & CodedError => link instanceof NodeOperationError,
		),
	};
}
