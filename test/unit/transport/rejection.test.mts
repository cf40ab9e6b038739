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

it('means that nothing was sent if all addresses of a host refuse', () => {
	const errors = ['::1', '127.0.0.1'].map(() => socketError('ECONNREFUSED', 'connect'));
	const all = Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' });
	expect(describeRejection(wrapped(all))).toMatchObject({ neverSent: true });
});
