import fc from 'fast-check';
import type * as Payload from '../../../nodes/Unstructured/webhooks/payload.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { describeKeys, readEventName, readJobEvent } = built<typeof Payload>('webhooks/payload');

const read = (body: unknown) => readJobEvent(Buffer.from(JSON.stringify(body)));
const ids = { job_id: 'j1', workflow_id: 'w1' };

it.each([
	['as in the blog post', { type: 'job.completed', job: { ...ids, processing_time_ms: 1 } }],
	['in data.job', { type: 'job.completed', data: { job: ids } }],
	['in data', { type: 'job.completed', data: ids }],
	['in payload, as in the feed', { event_type: 'job.completed', payload: ids }],
	['with the ID in id', { type: 'job.completed', job: { id: 'j1', workflow_id: 'w1' } }],
	['in payload.job', { type: 'job.completed', payload: { job: ids } }],
	['in data, with the ID in id', { type: 'job.completed', data: { id: 'j1', workflow_id: 'w1' } }],
	[
		'in data.job, with the ID in id',
		{ event: 'job.completed', data: { job: { id: 'j1', workflow_id: 'w1' } } },
	],
	['flat', { type: 'job.completed', ...ids }],
	['with the name under event', { event: 'job.completed', job: ids }],
	['with the name under event_type', { event_type: 'job.completed', job: ids }],
	['with the name in data', { data: { type: 'job.completed', ...ids } }],
	['with a type of another meaning', { type: 'notification', event: 'job.completed', job: ids }],
	['with an ID of the event', { type: 'job.completed', id: 'e1', data: { id: 'e1', ...ids } }],
])('finds the job %s', (_, body) => {
	expect(read(body)).toEqual({ event: 'job.completed', jobId: 'j1', workflowId: 'w1' });
});

it.each([
	[{ type: 'job.progress' }, 'job.progress'],
	[{ event: 'channel.test', data: {} }, 'channel.test'],
	[{ data: { event_type: 'job.failed' } }, 'job.failed'],
	[{ type: 1, event: null }, undefined],
])('reads the name of the event from %j', (body, name) => {
	expect(readEventName(Buffer.from(JSON.stringify(body)))).toBe(name);
});

describe('describeKeys', () => {
	const keysOf = (body: unknown) => describeKeys(Buffer.from(JSON.stringify(body)));

	it('lists the keys with their paths, and no values', () => {
		const body = { type: 'VALUE', data: { jobs: [{ id: 'VALUE' }], run: { key: 'VALUE' } } };
		expect(keysOf(body)).toBe('type, data, data.jobs, data.run, data.run.key');
	});

	it('returns one short line', () => {
		const keys = Array.from({ length: 1_000 }, (_, i) => `line\nfeed ${i} ${'x'.repeat(100)}`);
		const text = keysOf(Object.fromEntries(keys.map((key) => [key, 'VALUE'])));
		expect(text).toMatch(/^line\?feed\?0\?x+, /);
		expect(text.length).toBeLessThan(2_500);
		expect(text).not.toMatch(/\n|VALUE/);
	});

	it.each([
		['<html>', 'none, because it is not JSON'],
		['', 'none, because it is not JSON'],
		['null', 'none'],
		['{}', 'none'],
		['[{"id":1}]', 'none'],
	])('describes %j', (text, expected) => {
		expect(describeKeys(Buffer.from(text))).toBe(expected);
	});
});

it('reads the status if there is one', () => {
	expect(read({ type: 'job.failed', job: { job_id: 'j1', status: 'FAILED' } })).toEqual({
		event: 'job.failed',
		jobId: 'j1',
		status: 'FAILED',
	});
});

it('returns an unknown event', () => {
	expect(read({ type: 'job.paused', job_id: 'j1' })).toEqual({ event: 'job.paused', jobId: 'j1' });
});

it.each([
	['invalid JSON', Buffer.from('<html>')],
	['nothing', Buffer.alloc(0)],
	['a number', Buffer.from('1')],
	['null', Buffer.from('null')],
	['a list', Buffer.from('[]')],
	['no event', Buffer.from('{"job":{"job_id":"j1"}}')],
	['no job', Buffer.from('{"type":"job.completed"}')],
	['an empty ID', Buffer.from('{"type":"job.completed","job_id":" "}')],
	['an ID that is not a string', Buffer.from('{"type":"job.completed","job_id":{"a":1}}')],
	['an ID of 10 kB', Buffer.from(`{"type":"job.completed","job_id":"${'x'.repeat(10_000)}"}`)],
	['an ID from a prototype', Buffer.from('{"type":"job.completed","__proto__":{"job_id":"j"}}')],
])('returns undefined for %s', (_, body) => {
	expect(readJobEvent(body)).toBeUndefined();
});

it('never throws', () => {
	fc.assert(
		fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (text) => {
			const event = readJobEvent(Buffer.from(text));
			if (event) expect(typeof event.jobId).toBe('string');
		}),
		{ numRuns: CASES },
	);
});
