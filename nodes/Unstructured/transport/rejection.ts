import { NodeOperationError } from 'n8n-workflow';
import type { NoAnswer } from './answer';

/** The system calls before a connection exists. Reading has the same codes, if a route is lost meanwhile. */
const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
/** The messages of https-proxy-agent for a proxy that closed the connection or sent nonsense instead of a tunnel. */
export const NO_TUNNEL = /proxy CONNECT response|Proxy connection ended before/i;
/** How OpenSSL calls a response without TLS. */
export const NO_TLS = /wrong version number|packet length too long|unknown protocol|http request/i;
/** The message of Node.js for a connection that was closed during the TLS handshake. */
export const CLOSED_HANDSHAKE = /before secure TLS connection was established/i;
/** How OpenSSL calls a handshake that found nothing in common. */
const NO_HANDSHAKE = /alert (handshake failure|protocol version)|unsupported protocol/i;
/** The certificate codes of Node.js, which sends nothing before it has verified the certificate (nodejs.org/api/tls.html). */
const UNTRUSTED =
	/^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_ALTNAME_INVALID$)/;

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

/**
 * Whether the TLS handshake did not succeed, so the request still waited for it. Node.js reports the waiting write as
 * EPROTO. Within a connection, the same faults have codes that begin with ERR_SSL.
 */
const isBeforeTls = ({ code, syscall, message }: CodedError) =>
	UNTRUSTED.test(String(code)) ||
	CLOSED_HANDSHAKE.test(String(message)) ||
	(code === 'EPROTO' &&
		syscall === 'write' &&
		(NO_TLS.test(String(message)) || NO_HANDSHAKE.test(String(message))));

/** Describes the exchange from a rejection of n8n's request helper. */
export function describeRejection(error: unknown): NoAnswer {
	const chain = [...causes(error)];
	const innermost = chain.at(-1);
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string') ?? '';
	return {
		code: code as string,
		neverSent: chain.some(
			(link) =>
				CONNECT_CALLS.has(String(link.syscall)) ||
				NO_TUNNEL.test(String(link.message)) ||
				isBeforeTls(link),
		),
		isLasting: chain.some(
			({ code: one, message }) => UNTRUSTED.test(String(one)) || NO_TLS.test(String(message)),
		),
		message: typeof innermost?.message === 'string' ? innermost.message : '',
		unreadableFile: chain.find(
			(link): link is NodeOperationError & CodedError => link instanceof NodeOperationError,
		),
	};
}
