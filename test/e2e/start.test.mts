import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import getPort from 'get-port';
import { exampleFiles, readExample } from '../../local/n8n/examples.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { signIn } from '../../local/n8n/rest.mjs';
import { assertNothingLeft } from './support/assertNothingLeft.mjs';
import { npmStart } from './support/npmStart.mjs';

interface WorkflowRow {
	id: string;
	name: string;
}

const READY = /Press Ctrl-C to stop everything/;

await test('npm start', async (t) => {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-start-'));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const n8nPort = await getPort();
	const emulatorPort = await getPort();
	const env = {
		N8N_LOCAL_DATA: folder,
		N8N_PORT: String(n8nPort),
		PORT: String(emulatorPort),
	};
	const url = `http://localhost:${n8nPort}`;
	const files = await exampleFiles();
	const session = async () => await signIn(url, await loadOwner(folder));
	const workflows = async () => await (await session()).call<WorkflowRow[]>('GET', '/workflows');

	const assertAllEnded = () => assertNothingLeft([folder], [n8nPort, emulatorPort]);

	await t.test('shows the result of each node, then the URL and the login', async () => {
		const started = npmStart(env);
		await started.waitFor(READY);
		const output = started.output();
		const { password } = await loadOwner(folder);
		assert.match(output, /Make Files: 3 items/);
		assert.match(output, /Run Workflow: 1 item .*"status":"COMPLETED"/);
		assert.match(output, /By Status > COMPLETED: 1 item/);
		assert.match(output, /Completed: 1 item .*3 file\(s\) are done/);
		assert.ok(output.includes(url), output);
		assert.ok(output.includes(password), output);
		const expected = await Promise.all(files.map(async (file) => (await readExample(file)).name));
		assert.deepEqual((await workflows()).map(({ name }) => name).sort(), expected.sort());

		const api = await session();
		const { id } = await readExample(files[0]);
		await api.call('PATCH', `/workflows/${id}`, { name: 'Changed by hand' });
		started.pressCtrlC();
		assert.match(await started.ended, /^(0|SIGINT)$/);
		await assertAllEnded();
	});

	const second = npmStart(env);
	await t.test('keeps manual changes on the second start', async () => {
		await second.waitFor(READY);
		const names = (await workflows()).map(({ name }) => name);
		assert.equal(names.length, files.length);
		assert.ok(names.includes('Changed by hand'), names.join(', '));
		const credentials = await (
			await session()
		).call<Array<{ type: string }>>('GET', '/credentials');
		assert.deepEqual(credentials.map(({ type }) => type).sort(), [
			'openAiApi',
			's3',
			'smtp',
			'unstructuredApi',
		]);
	});

	await t.test('ends the processes left by a killed start, even with other ports', async () => {
		second.kill();
		await second.ended;
		const { pid } = JSON.parse(await readFile(join(folder, 'n8n.pid.json'), 'utf8')) as {
			pid: number;
		};
		assert.equal((await fetch(`${url}/healthz`)).status, 200, 'n8n is still running');
		const otherPort = await getPort();
		const next = npmStart({ ...env, N8N_PORT: String(otherPort), PORT: String(await getPort()) });
		await next.waitFor(READY);
		assert.match(next.output(), /Stopping the n8n that an earlier start left running/);
		assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
		await assert.rejects(fetch(`${url}/healthz`));
		assert.equal((await stat(folder)).mode & 0o777, 0o700);
		next.terminate();
		assert.match(await next.ended, /^(0|143|SIGTERM)$/);
		await assertNothingLeft([folder], [n8nPort, otherPort, emulatorPort]);
	});

	await t.test('reports immediately, in one line, that its folder cannot be created', async () => {
		const from = Date.now();
		const started = npmStart({ ...env, N8N_LOCAL_DATA: '/proc/none/data' });
		assert.equal(await started.ended, '1');
		assert.match(started.output(), /^Can't use the folder \/proc\/none\/data .*N8N_LOCAL_DATA/m);
		assert.ok(Date.now() - from < 30_000);
	});

	for (const [variable, port] of [
		['N8N_PORT', n8nPort],
		['PORT', emulatorPort],
	] as const) {
		await t.test(`names ${variable} and exits if its port is busy`, async () => {
			const other = createServer().listen(port, '127.0.0.1');
			await once(other, 'listening');
			const started = npmStart(env);
			const code = await started.ended;
			other.close();
			await once(other, 'close');
			assert.equal(code, '1');
			const lines = started
				.output()
				.split('\n')
				.filter((line) => line.trim() && !line.startsWith('> ') && !line.startsWith('npm warn'));
			assert.equal(lines.length, 1, lines.join('\n'));
			assert.ok(lines[0].includes(`Port ${port} `) && lines[0].includes(variable), lines[0]);
			await assertAllEnded();
		});
	}
});
