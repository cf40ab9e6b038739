import { createHmac } from 'node:crypto';
import type * as Signature from '../../nodes/Unstructured/webhooks/signature.js';
import { built } from '../support/built.mjs';
import type { Sizes } from './options.mjs';
import type { Row } from './table.mjs';

const { newSecret, verify } = built<typeof Signature>('webhooks/signature');

interface Signed {
	body: Buffer;
	id: string;
	timestamp: string;
	headers: Record<string, string>;
}

function sign(position: number, secret: string): Signed {
	const id = `msg_${String(position).padStart(24, '0')}`;
	const timestamp = String(Math.floor(Date.now() / 1000));
	const body = Buffer.from(
		JSON.stringify({
			id,
			type: 'job.completed',
			timestamp: new Date().toISOString(),
			data: { job_id: id, workflow_id: id, status: 'COMPLETED', text: 'A contract. '.repeat(30) },
		}),
	);
	const signature = hmac(body, id, timestamp, secret);
	const headers = {
		'webhook-id': id,
		'webhook-timestamp': timestamp,
		'webhook-signature': `v1,${signature}`,
	};
	return { body, id, timestamp, headers };
}

const hmac = (body: Buffer, id: string, timestamp: string, secret: string) =>
	createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64');

/** The seconds that some work on each of the events takes. */
function time(events: Signed[], work: (event: Signed) => void): number {
	const began = performance.now();
	for (const event of events) work(event);
	return (performance.now() - began) / 1000;
}

/** Checks of a trigger's deliveries, compared with the bare HMAC of the same bytes, on one core. */
export function benchEvents({ events: count, rounds }: Sizes): Row[] {
	const secret = newSecret();
	const events = Array.from({ length: count }, (_, i) => sign(i, secret));
	const check = ({ body, headers }: Signed) => {
		const verdict = verify(body, headers, secret, Date.now());
		if (!('id' in verdict)) throw new Error(`An event was refused: ${verdict.reason}`);
	};
	const bare = ({ body, id, timestamp }: Signed) => void hmac(body, id, timestamp, secret);
	// A first run, so both are compiled.
	time(events, check);
	time(events, bare);
	const own: number[] = [];
	const values: number[] = [];
	for (let round = 0; round < rounds; round++) {
		own.push(time(events, check));
		values.push(time(events, bare));
	}
	const what = `${count} trigger events`;
	return [
		{
			kind: 'time',
			what: `${what}: time to verify them`,
			unit: 's',
			own,
			peer: { name: 'bare HMAC', values },
			goal: { of: 'ratio', atMost: 3 },
		},
		{ kind: 'time', what: `${what}: verified`, unit: 'per s', own: own.map((s) => count / s) },
	];
}
