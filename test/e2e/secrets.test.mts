import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorkflow, waitForExecution } from '../../local/n8n/executions.mjs';
import type { CredentialReference } from '../../local/n8n/credentials.mjs';
import { startFaultyProxy, startOtherHost } from '../support/faultyProxy.mjs';
import { CALLS, keyFaults, keyForms } from '../support/keyHunt.mjs';
import { LOCAL_FILES } from '../support/node.mjs';
import { items, makeFile, manualTrigger, saveChain, unstructured } from './support/chain.mjs';
import { openWorld } from './support/world.mjs';

await test('the API key in the data of a real n8n', async (t) => {
	const world = await openWorld({ N8N_LOG_LEVEL: 'debug' });
	t.after(world.close);
	const { api, emulator, folder } = world;
	const proxy = await startFaultyProxy(emulator.url);
	t.after(proxy.close);
	const other = await startOtherHost();
	t.after(other.close);

	// Convert to File omits the JSON, and the job operations read the ID from it.
	const nameJob = {
		name: 'Name Job',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify({ id: LOCAL_FILES }),
			options: { stripBinary: false },
			includeOtherFields: true,
		},
	};

	const faults = Object.entries(keyFaults(emulator.key, other.url));
	/** Every call meets about four faults, and every fault about two calls. `FAULTS=all` combines all, as test/stress does. */
	const callsOf = (fault: number) =>
		CALLS.filter((_, call) => process.env.FAULTS === 'all' || (fault + call) % 6 === 5);
	const ends = new Map<string, number>();
	let messages = '';

	async function provoke(way: string, calls: typeof CALLS, credential: CredentialReference) {
		for (const [name, parameters] of calls) {
			const id = await saveChain(api, `${way} ${name}`, [
				manualTrigger,
				items({ text: 'a' }),
				makeFile('a.txt'),
				nameJob,
				unstructured('Provoked', credential, parameters),
			]);
			const { status, error } = await waitForExecution(api, await startWorkflow(api, id, 'Start'));
			ends.set(status, (ends.get(status) ?? 0) + 1);
			messages += `${error}\n`;
		}
	}

	await t.test('every error of the node is provoked', async () => {
		const ways = faults.map(([way, fault], at) => async () => {
			const apiUrl = proxy.url(way, { fault, meets: () => true, times: Infinity });
			const data = { apiKey: emulator.key, apiUrl };
			const type = 'unstructuredApi';
			const credential = { name: way, type, data };
			await provoke(way, callsOf(at), await api.call('POST', '/credentials', credential));
		});
		// A few in parallel, because n8n's load is not under test.
		const workers = Array.from({ length: 6 }, async () => {
			for (let next = ways.pop(); next; next = ways.pop()) await next();
		});
		await Promise.all(workers);
		console.log(`  ${JSON.stringify(Object.fromEntries(ends))} executions`);
		const count = faults.reduce((sum, _, at) => sum + callsOf(at).length, 0);
		// The same share as if every fault let one call succeed.
		assert.ok((ends.get('error') ?? 0) > count - count / CALLS.length);
		for (const said of ['did not recognize this API key', 'web page instead of data', '*****']) {
			assert.ok(messages.includes(said), said);
		}
	});

	await t.test(
		'the key is not in the database, the log, or any other file, and was sent to no other host',
		async () => {
			const kept = await readdir(join(folder, 'n8n'), { recursive: true, withFileTypes: true });
			const files = kept.filter(
				(entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
			);
			let all = '';
			for (const file of files) {
				const text = await readFile(join(file.parentPath, file.name), 'latin1');
				all += text;
				for (const form of keyForms(emulator.key)) {
					const at = text.indexOf(form);
					const around = at === -1 ? '' : text.slice(Math.max(0, at - 200), at + 100);
					assert.equal(around, '', file.name);
				}
			}
			// The search has covered both the log and the database with the executions.
			for (const known of ['did not recognize this API key', 'Running node "Provoked"']) {
				assert.ok(all.includes(known), known);
			}
			assert.deepEqual(other.seen, []);
		},
	);
});
