import { startEmulator, type Emulator } from '../support/emulator.mjs';
import type { Taken } from '../support/outputMemory.mjs';
import { startOutputServer, type Shape } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';

const MIB = 1024 * 1024;

describe('an upload of 300 MiB', () => {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(() => emulator.close());

	it('needs little memory from disk', async () => {
		const growth = await runScript('support/uploadMemory', [emulator.url, emulator.key, '300']);
		expect(Number(growth)).toBeLessThan(64);
		const [{ files }] = await emulator.jobs();
		expect(files[0].size).toBe(300 * MIB);
	}, 60_000);
});

describe('an output of 200 MiB', () => {
	let server: Awaited<ReturnType<typeof startOutputServer>>;
	beforeAll(async () => {
		server = await startOutputServer(200 * MIB);
	});
	afterAll(() => server.close());

	const take = async (shape: Shape, format: string) =>
		JSON.parse(await runScript('support/outputMemory', [server.url, shape, format])) as Taken;

	it('needs little memory if stored on disk', async () => {
		const { growth } = await take('paragraphs', 'binary');
		expect(growth).toBeLessThan(64 * MIB);
	}, 60_000);

	// An object with eight numbers in lists needs more memory than its JSON.
	it.each<[Shape, number]>([
		['paragraphs', 1.1],
		['images', 1.05],
	])(
		'needs hardly more memory than its elements with %s',
		async (shape, most) => {
			const { items, kept, growth } = await take(shape, 'elements');
			expect(items).toBe(server.holds(shape).elements);
			expect(kept).toBeLessThan(most * server.holds(shape).bytes);
			expect(growth - kept).toBeLessThan(64 * MIB);
		},
		60_000,
	);

	// Images are on disk. A text is smaller than the JSON that it came in.
	it.each<[string, Shape, number]>([
		['images', 'images', 0.1],
		['text', 'paragraphs', 0.8],
		['pages', 'paragraphs', 0.8],
	])(
		'needs hardly more memory than its items as %s',
		async (format, shape, most) => {
			const { items, kept, growth } = await take(shape, format);
			expect(items).toBeGreaterThan(0);
			expect(kept).toBeLessThan(most * server.holds(shape).bytes);
			expect(growth - kept).toBeLessThan(64 * MIB);
		},
		120_000,
	);
});
