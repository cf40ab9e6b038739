import { fstatSync, readdirSync } from 'node:fs';
import { rm, truncate } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import type { FaultAction } from '../../local/emulator/faults/plan.mjs';
import { filesAsItems, type MakeItems } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { goOn, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
beforeAll(() => useBinaryMode('filesystem'));

/** Two stored files. The second one is changed before the node reads it. */
const twoFiles = (tamper: (path: string) => Promise<void>): MakeItems =>
	async function () {
		const make = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'b.txt', data: 'b'.repeat(1_000_000) },
		]);
		const items = await make.call(this);
		await tamper(this.helpers.getBinaryPath(items[1].binary?.data.id ?? ''));
		return items;
	};

it("names the file missing from n8n's storage, and sends the others", async () => {
	const gone = twoFiles(async (path) => {
		await rm(path);
		await rm(`${path}.metadata`);
	});
	const { outputs } = await node.run(runParameters(), gone, goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { status: 'SCHEDULED' }, pairedItem: { item: 0 } },
		{
			json: { error: "The file 'b.txt' is no longer in n8n's binary storage" },
			pairedItem: { item: 1 },
		},
	]);
});

it.each([
	['shorter', 999_999],
	['longer', 1_000_001],
])('aborts an upload and starts no job if the file has become %s', async (_what, size) => {
	const changed = twoFiles((path) => truncate(path, size));
	const { error, ms } = await node.run(runParameters(), changed);
	expect(error?.message).toBe(
		"The file 'b.txt' could not be read completely from n8n's binary storage",
	);
	expect(error?.description).toMatch(
		/^No job was started\. Run the node that created the file again\./,
	);
	expect(ms).toBeLessThan(5_000);
	expect(await node.emulator.jobs()).toHaveLength(0);
});

it('aborts an upload if a later file is missing', async () => {
	const halfGone = twoFiles((path) => rm(path));
	const { error } = await node.run(runParameters(), halfGone);
	expect(error?.message).toBe(
		"The file 'b.txt' could not be read completely from n8n's binary storage",
	);
	expect(await node.emulator.jobs()).toHaveLength(0);
});

it.each([
	['with line breaks', 'aGVs\nbG8g\nd29y\nbGQ='],
	['without padding', 'aGVsbG8gd29ybGQ'],
	['as n8n writes it', 'aGVsbG8gd29ybGQ='],
])('reads base64 of a file in memory %s', async (_what, data) => {
	const made: MakeItems = () =>
		Promise.resolve([
			{ json: {}, binary: { data: { data, mimeType: 'text/plain', fileName: 'hello.txt' } } },
		] satisfies INodeExecutionData[]);
	const { error } = await node.run(runParameters(), made);
	expect(error).toBeUndefined();
	const [{ files }] = await node.emulator.jobs();
	expect(files).toMatchObject([{ fileName: 'hello.txt', size: 11 }]);
});

/** Far larger than the buffers of a connection, so an upload can be interrupted in the middle. */
const manyFiles = Array.from({ length: 400 }, (_, n) => ({
	name: `${n}.txt`,
	data: 'x'.repeat(50_000),
}));
const largeFile = [{ name: 'large.txt', data: 'x'.repeat(20_000_000) }];

const isFile = (descriptor: string) => {
	try {
		return fstatSync(Number(descriptor)).isFile();
	} catch {
		// The descriptor of the folder itself, which is already closed.
		return false;
	}
};
const openFiles = () => readdirSync('/dev/fd').filter(isFile).length;

describe.each([
	['many files', manyFiles],
	['a large file', largeFile],
])('closes %s after an upload', (_what, files) => {
	it.each<[string, FaultAction, RegExp]>([
		['that is reset in the middle', { reset: 'midBody', midBodyBytes: 3_000_000 }, /closed/],
		// The network decides whether the response or the end of the connection arrives first.
		['that is rejected early', { status: 413, early: true }, /too large|closed/],
		['that is stuck and then stopped', { hang: 'unread' }, /canceled/],
		['that succeeds', { delayMs: 0 }, /^$/],
	])('%s', async (_how, fault, says) => {
		const before = openFiles();
		await node.emulator.faults({ method: 'POST', path: '/run$', ...fault });
		const { done, cancel } = node.start(runParameters(), filesAsItems(files));
		await node.emulator.arrived('POST', /\/run$/);
		if (fault.hang) {
			await delay(300);
			expect(openFiles()).toBeGreaterThan(before);
			cancel();
		}
		const { error } = await done;
		expect(error?.message ?? '').toMatch(says);
		const deadline = Date.now() + 5_000;
		while (openFiles() > before && Date.now() < deadline) await delay(50);
		expect(openFiles()).toBeLessThanOrEqual(before);
	});
});
