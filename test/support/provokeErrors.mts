import { inspect } from 'node:util';
import { stringify } from 'flatted';
import getPort from 'get-port';
import type { INodeParameters } from 'n8n-workflow';
import { credentialTestContext, listSearchContext } from './contexts.mjs';
import { runEngine } from './engine.mjs';
import { startFaultyProxy, startOtherHost, startUntrustedServer } from './faultyProxy.mjs';
import { startEmulator } from './emulator.mjs';
import { Unstructured } from './n8n.mjs';
import { CALLS, keyFaults } from './keyHunt.mjs';
import { goOn, LOCAL_FILES } from './node.mjs';
import { filesAsItems } from './engine.mjs';

/**
 * Provokes every error of the node, with servers that echo the key wherever possible, and prints everything that
 * n8n stores or shows. n8n's log goes to the console too. Usage: N8N_LOG_LEVEL=debug tsx provokeErrors.mts <key>
 */
const [key = ''] = process.argv.slice(2);
const emulator = await startEmulator(key);
await emulator.reset({ jobSeconds: 0.1, launchSpacing: 0 });
const proxy = await startFaultyProxy(emulator.url);
const other = await startOtherHost();
const untrusted = await startUntrustedServer();

const FAULTS = keyFaults(key, other.url);
const file = filesAsItems([{ name: 'a.txt', data: 'a', json: { id: LOCAL_FILES } }]);

const print = (what: string, value: unknown) =>
	console.log(what, inspect(value, { depth: 12, showHidden: true, maxStringLength: null }));

async function provoke(name: string, parameters: INodeParameters, apiUrl: string) {
	const provokeOnce = async (node: object) => {
		const { run, outputs, error } = await runEngine({
			parameters,
			items: file,
			apiUrl,
			apiKey: key,
			...node,
		});
		// The data in n8n's database, on the screen, and in a log of the error.
		console.log(name, stringify(run));
		print(name, outputs);
		if (error)
			print(name, [error, error.stack, error.message, error.description, JSON.stringify(error)]);
	};
	await Promise.all([{}, goOn].map(provokeOnce));
}

async function provokeEditor(name: string, apiUrl: string) {
	const { methods } = new Unstructured();
	for (const test of Object.values(methods!.credentialTest!)) {
		const data = { apiUrl, apiKey: key };
		const credential = { id: '1', name: 'Test', type: 'unstructuredApi', data };
		print(name, await test.call(credentialTestContext() as never, credential));
	}
	await Promise.all(
		Object.values(methods!.listSearch!).map(async (search) => {
			const context = listSearchContext({ apiUrl, apiKey: key });
			print(name, await search.call(context as never).catch((error: unknown) => error));
		}),
	);
}

const elsewhere = {
	refused: `http://127.0.0.1:${await getPort()}`,
	dns: 'https://unstructured.invalid',
	untrusted: untrusted.url,
	plain: 'http://unstructured.invalid',
	named: `https://user:${encodeURIComponent(key)}@unstructured.invalid`,
	misplaced: `https://${key}@unstructured.invalid`,
};
const ways = Object.entries(FAULTS).map(([name, fault]) => [
	name,
	proxy.url(name, { fault, meets: () => true, times: Infinity }),
]);
await Promise.all(
	[...ways, ...Object.entries(elsewhere)].map(async ([way, apiUrl]) => {
		await Promise.all([
			...CALLS.map(([name, parameters]) => provoke(`${way} ${name}`, parameters, apiUrl)),
			provokeEditor(`${way} editor`, apiUrl),
		]);
	}),
);
console.log(`The other hosts have seen ${other.seen.length + untrusted.seen.length} requests`);
await emulator.close();
process.exit();
