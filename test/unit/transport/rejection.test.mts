import type * as Rejection from '../../../nodes/Unstructured/transport/rejection.js';
import { built } from '../../support/built.mjs';

const { describeRejection } = built<typeof Rejection>('transport/rejection');

const socketError = (code: string, syscall: string) =>
	Object.assign(new Error(`${syscall ?? ''} ${code}`), { code, ...(syscall && { syscall }) });
const wrapped = (cause: unknown) =>
	Object.assign(new Error('wrapped'), { cause: Object.assign(new Error('axios'), { cause }) });

const CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET'];

it.each([
	...CODES.map((code) => [code, 'connect']),
	['ENOTFOUND', 'getaddrinfo'],
	['EAI_AGAIN', 'getaddrinfo'],
])('%s of the system call %s means that nothing was sent', (code, syscall) => {
	expect(describeRejection(wrapped(socketError(code, syscall)))).toMatchObject({
		code,
		neverSent: true,
	});
});

it.each([
	...CODES.flatMap((code) => [
		[code, 'read'],
		[code, 'write'],
	]),
	['ECONNABORTED', ''],
	['EPIPE', 'write'],
])('%s of the system call %s means that the request may have been sent', (code, syscall) => {
	expect(describeRejection(wrapped(socketError(code, syscall)))).toMatchObject({
		neverSent: false,
	});
});

/** As Node.js 20 and 24 report a handshake that did not succeed, and the same faults within a connection. */
const WRONG_VERSION = 'error:0A00010B:SSL routines::wrong version number';
it.each<[string, object, boolean]>([
	[`write EPROTO ${WRONG_VERSION}`, { code: 'EPROTO', syscall: 'write' }, true],
	['write EPROTO SSL alert handshake failure', { code: 'EPROTO', syscall: 'write' }, true],
	[
		'Client network socket disconnected before secure TLS connection was established',
		{ code: 'ECONNRESET' },
		true,
	],
	['self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, true],
	['unable to verify the first certificate', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, true],
	[
		"Hostname/IP does not match certificate's altnames",
		{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
		true,
	],
	[WRONG_VERSION, { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, false],
	['bad record type', { code: 'ERR_SSL_BAD_RECORD_TYPE' }, false],
	['write EPROTO bad record mac', { code: 'EPROTO', syscall: 'write' }, false],
])('knows whether a request waited for the TLS handshake: %s', (message, facts, neverSent) => {
	const error = Object.assign(new Error(message), facts);
	expect(describeRejection(wrapped(error))).toMatchObject({ neverSent });
});

it('means that nothing was sent if all addresses of a host refuse', () => {
	const errors = ['::1', '127.0.0.1'].map(() => socketError('ECONNREFUSED', 'connect'));
	const all = Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' });
	expect(describeRejection(wrapped(all))).toMatchObject({ neverSent: true });
});
