import fc from 'fast-check';
import {
	anyCase,
	anyPick,
	anyTrigger,
	openPicker,
	publishTrigger,
	runCase,
	type Case,
} from '../support/anyValue.mjs';
import { startWillingServer } from '../support/willingServer.mjs';
import { CASES } from '../support/cases.mjs';

/** The words of JavaScript itself, or of a value inserted into a text unchecked. */
const WORDS_OF_JAVASCRIPT =
	/is not a (function|constructor)|Could not get parameter|not iterable|Cannot |undefined|NaN|\[object |(Type|Range|Syntax|Reference)Error|Invalid (time|array|date|string|regular)|serialize|circular|\bnull\b/;

let server: Awaited<ReturnType<typeof startWillingServer>>;
beforeAll(async () => {
	server = await startWillingServer();
});
afterAll(async () => {
	await server.close();
});

const isNarrowed = ({ operation, changed }: Case) => operation === 'getAll' && 'filters' in changed;

function textOf(error: unknown): string {
	const { message, description } = error as { message?: string; description?: string };
	return `${message} ${description ?? ''}`;
}

describe('every parameter of every operation, with any value', () => {
	it('returns a result or a readable error', async () => {
		await fc.assert(
			fc.asyncProperty(anyCase, async (one) => {
				const outcome = await runCase(one, server.url);
				const asked = server.take();
				expect(asked.filter((line) => /\[object|undefined|NaN/.test(line))).toEqual([]);
				if ('error' in outcome) {
					expect(outcome.error).toHaveProperty('node');
					expect(textOf(outcome.error)).not.toMatch(WORDS_OF_JAVASCRIPT);
				} else if (!isNarrowed(one)) {
					// A format that finds nothing in a file has a hint.
					expect(outcome.items.length + outcome.hints).toBeGreaterThan(0);
				}
			}),
			{ numRuns: CASES },
		);
	}, 300_000);
});

function expectWords(outcome: { error: unknown } | object) {
	const asked = server.take();
	expect(asked.filter((line) => /\[object|undefined|NaN/.test(line))).toEqual([]);
	if ('error' in outcome) expect(textOf(outcome.error)).not.toMatch(WORDS_OF_JAVASCRIPT);
	else expect(JSON.stringify(outcome)).not.toMatch(/undefined|NaN|\[object/);
}

it('publishes a trigger with any values, or returns a readable error', async () => {
	await fc.assert(
		fc.asyncProperty(anyTrigger, async (parameters) => {
			expectWords(await publishTrigger(parameters, server.url));
		}),
		{ numRuns: CASES / 10 },
	);
}, 300_000);

it('opens a dropdown for any search text', async () => {
	await fc.assert(
		fc.asyncProperty(anyPick, async (one) => {
			expectWords(await openPicker(one, server.url));
		}),
		{ numRuns: CASES / 10 },
	);
}, 300_000);
