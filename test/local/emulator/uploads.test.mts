import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { startEmulator } from '../../support/emulator.mjs';
import { form } from './support.mjs';

/** The beginning of an upload over a connection of its own. */
async function startUpload(url: string, headers: Record<string, string>) {
	const { hostname, port, pathname } = new URL(url);
	const socket = connect(Number(port), hostname);
	await once(socket, 'connect');
	const lines = Object.entries({
		host: `${hostname}:${port}`,
		'content-type': 'multipart/form-data; boundary=b',
		'content-length': '1000',
		...headers,
	}).map(([name, value]) => `${name}: ${value}\r\n`);
	const write = (text: string) => new Promise((resolve) => socket.write(text, resolve));
	await write(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`);
	return { socket, write };
}

it('are on disk until a reset or stop', async () => {
	const temporary = await mkdtemp(join(tmpdir(), 'uploads-'));
	const before = process.env.TMPDIR;
	process.env.TMPDIR = temporary;
	try {
		const emulator = await startEmulator();
		const [folder] = (await readdir(temporary)).filter((name) => name.startsWith('unstructured'));
		const uploads = () => readdir(join(temporary, folder));
		const upload = async () => {
			const response = await fetch(`${emulator.url}/api/v1/workflows/${SEEDED.localFiles}/run`, {
				method: 'POST',
				headers: { 'unstructured-api-key': emulator.key },
				body: form([
					['a.txt', 'a'],
					['b.txt', 'b'],
				]),
			});
			expect(response.status).toBe(202);
		};
		await upload();
		expect(await uploads()).toHaveLength(2);
		await emulator.reset();
		expect(await uploads()).toEqual([]);
		await upload();
		await emulator.close();
		expect(await readdir(temporary)).not.toContain(folder);
	} finally {
		process.env.TMPDIR = before ?? tmpdir();
		await rm(temporary, { recursive: true, force: true });
	}
});

it('are deleted if their request is interrupted, is rejected, or starts no job', async () => {
	const temporary = await mkdtemp(join(tmpdir(), 'uploads-'));
	const before = process.env.TMPDIR;
	process.env.TMPDIR = temporary;
	const emulator = await startEmulator();
	try {
		const [folder] = (await readdir(temporary)).filter((name) => name.startsWith('unstructured'));
		const uploads = () => readdir(join(temporary, folder));
		const url = `${emulator.url}/api/v1/workflows/${SEEDED.localFiles}/run`;
		const headers = { 'unstructured-api-key': emulator.key };
		const send = async (to: string) =>
			(await fetch(to, { method: 'POST', headers, body: form([['a.txt', 'a']]) })).status;
		const { socket, write } = await startUpload(url, headers);
		await write(
			`--b\r\ncontent-disposition: form-data; name="input_files"; filename="a.txt"\r\n\r\nabc`,
		);
		while ((await uploads()).length === 0) await setTimeout(10);
		socket.destroy();
		while ((await uploads()).length > 0) await setTimeout(10);
		const [{ files }] = await emulator.requests('POST');
		expect(files).toMatchObject([{ fileName: 'a.txt', size: 3, incomplete: true }]);
		expect(await send(url.replace(SEEDED.localFiles, SEEDED.bucketToPinecone))).toBe(422);
		await emulator.faults({ path: '/run$', status: 503 });
		expect(await send(url)).toBe(503);
		expect(await uploads()).toEqual([]);
		expect(await send(url)).toBe(202);
		expect(await send(url)).toBe(202);
		expect(await uploads()).toHaveLength(1);
	} finally {
		process.env.TMPDIR = before ?? tmpdir();
		await emulator.close();
		await rm(temporary, { recursive: true, force: true });
	}
});
