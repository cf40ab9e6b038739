import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type * as Body from '../../../nodes/Unstructured/transport/body.js';
import { built } from '../../support/built.mjs';

const { readBytes } = built<typeof Body>('transport/body');

/** Reads a body that receives so many bytes every 50 ms, 60 times, with a pause of at most 1 s allowed. */
async function readSlowly(bytes: number) {
	const body = new PassThrough();
	let left = 60;
	const feeding = setInterval(() => {
		if (left-- > 0) body.write(Buffer.alloc(bytes));
		else body.end();
	}, 50);
	try {
		let length = 0;
		for await (const chunk of readBytes(body, { idleMs: 1_000 })) length += chunk.length;
		return length;
	} finally {
		clearInterval(feeding);
	}
}

it('stops a body that is too slow', async () => {
	await expect(readSlowly(1)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

it('accepts a slow body that takes longer than the window', async () => {
	await expect(readSlowly(8 * 1024)).resolves.toBe(60 * 8 * 1024);
});

it('returns every byte to a late or slow reader', async () => {
	const body = new PassThrough();
	body.end(Buffer.alloc(300_000, 'a'));
	const bytes = readBytes(body, { idleMs: 300 });
	await delay(500);
	let length = 0;
	for await (const chunk of bytes) {
		length += chunk.length;
		await delay(100);
	}
	expect(length).toBe(300_000);
});

it('throws an earlier interruption of the body to its reader', async () => {
	const body = new PassThrough();
	const bytes = readBytes(body, {});
	body.destroy(new Error('reset'));
	await delay(50);
	await expect(bytes[Symbol.asyncIterator]().next()).rejects.toThrow('reset');
});
