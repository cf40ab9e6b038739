import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type * as Body from '../../../nodes/Unstructured/transport/body.js';
import { built } from '../../support/built.mjs';

const { watch } = built<typeof Body>('transport/body');

/** Reads a body that gets so many bytes every 50 ms, 60 times, and is watched with a window of 1 s. */
async function readSlowly(bytes: number) {
	const body = new PassThrough();
	let left = 60;
	const feeding = setInterval(() => {
		if (left-- > 0) body.write(Buffer.alloc(bytes));
		else body.end();
	}, 50);
	void watch(body, { idleMs: 1_000 });
	try {
		return (await buffer(body)).length;
	} finally {
		clearInterval(feeding);
	}
}

it('a body that trickles is ended', async () => {
	await expect(readSlowly(1)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

it('a slow body may take longer than the window', async () => {
	await expect(readSlowly(8 * 1024)).resolves.toBe(60 * 8 * 1024);
});
