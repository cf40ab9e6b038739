import { jest } from '@jest/globals';
import type { Operation } from 'openapi-backend';
import { checked, makeBackend } from '../../../local/emulator/http/backend.mjs';
import { EmulatorState } from '../../../local/emulator/platform/state.mjs';

let check: (status: number, body: unknown) => unknown;
let said: string[];

beforeAll(async () => {
	const backend = await makeBackend(new EmulatorState('a-key-for-tests', '', {}));
	const operation = backend.router.getOperation('getJob') as Operation;
	check = (status, body) => checked(backend, operation, { status, body });
});
beforeEach(() => {
	said = [];
	jest.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
});
afterEach(() => jest.restoreAllMocks());

it('sends a response that follows the contract', () => {
	const answer = { status: 404, body: { detail: 'Job not found' } };
	expect(check(answer.status, answer.body)).toEqual(answer);
	expect(said).toEqual([]);
});

it.each([
	['without what the contract requires', 200, { id: 'x' }, /must have required property/],
	['of an error in another form', 404, { error: 'x' }, /violates openapi.yaml/],
	['with another status', 503, { detail: 'x' }, /status 503 is not documented/],
	['with a redirection', 302, {}, /status 302 is not documented/],
])('throws for a response %s', (_what, status, body, message) => {
	expect(check(status, body)).toEqual({
		status: 500,
		body: { detail: expect.stringMatching(message) as string },
	});
	expect(said).toEqual([expect.stringMatching(message)]);
});
