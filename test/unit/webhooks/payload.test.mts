import fc from 'fast-check';
import type * as Payload from '../../../nodes/Unstructured/webhooks/payload.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { readJobEvent } = built<typeof Payload>('webhooks/payload');

const read = (body: unknown) => readJobEvent(Buffer.from(JSON.stringify(body)));
const ids = { job_id: 'j1', workflow_id: 'w1' };

it.each([
	['as the blog shows it', { type: 'job.completed', job: { ...ids, processing_time_ms: 1 } }],
	['in data.job', { type: 'job.completed', data: { job: ids } }],
	['in data', { type: 'job.completed', data: ids }],
	['in payload, as the feed has it', { event_type: 'job.completed', payload: ids }],
	['with the id as id', { type: 'job.completed', job: { id: 'j1', workflow_id: 'w1' } }],
	['flat', { type: 'job.completed', ...ids }],
])('finds the job %s', (_, body) => {
	expect(read(body)).toEqual({ event: 'job.completed', jobId: 'j1', workflowId: 'w1' });
});

it('reads the status where there is one', () => {
	expect(read({ type: 'job.failed', job: { job_id: 'j1', status: 'FAILED' } })).toEqual({
		event: 'job.failed',
		jobId: 'j1',
		status: 'FAILED',
	});
});

it('passes on an event that is not known', () => {
	expect(read({ type: 'job.paused', job_id: 'j1' })).toEqual({ event: 'job.paused', jobId: 'j1' });
});

it.each([
	['no JSON', Buffer.from('<html>')],
	['nothing', Buffer.alloc(0)],
	['a number', Buffer.from('1')],
	['null', Buffer.from('null')],
	['a list', Buffer.from('[]')],
	['no event', Buffer.from('{"job":{"job_id":"j1"}}')],
	['no job', Buffer.from('{"type":"job.completed"}')],
	['an empty id', Buffer.from('{"type":"job.completed","job_id":" "}')],
	['an id that is no text', Buffer.from('{"type":"job.completed","job_id":{"a":1}}')],
	['an id of 10 kB', Buffer.from(`{"type":"job.completed","job_id":"${'x'.repeat(10_000)}"}`)],
	['an id from a prototype', Buffer.from('{"type":"job.completed","__proto__":{"job_id":"j"}}')],
])('makes nothing of %s', (_, body) => {
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
