import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
	type CredentialReference,
	emulatorCredential,
	openAiCredential,
	s3Credential,
	smtpCredential,
} from '../../../local/n8n/credentials.mjs';
import {
	type Example,
	importExample,
	readExample,
	type Wiring,
} from '../../../local/n8n/examples.mjs';
import type { Execution } from '../../../local/n8n/executions.mjs';
import { startOpenAi } from '../../../local/openai/server.mjs';
import { startDovecot } from './dovecot.mjs';
import { type SentFile, uploads } from './emulator.mjs';
import { type ObjectSink, startObjectStore } from './objectStore.mjs';
import { startSmtp } from './smtp.mjs';
import { openWorld, type World } from './world.mjs';

export interface ExampleWorld extends Omit<World, 'restartN8n'> {
	/** The credentials of the examples. */
	wiring: Wiring;
	s3: ObjectSink;
	/** The names of the files that were loaded. */
	loaded: Set<string>;
	/** Imports an example as `npm start` does. */
	load: (file: string) => Promise<Example>;
	createCredential: (type: string, data: object) => Promise<CredentialReference>;
	/** Each starts a server until the end of a test, and connects the examples to it. */
	imapServer: (t: TestContext) => ReturnType<typeof startDovecot>;
	smtpServer: (t: TestContext) => ReturnType<typeof startSmtp>;
	openAiServer: (t: TestContext) => ReturnType<typeof startOpenAi>;
	/** The files of each job that the emulator was asked to start during an action. */
	uploadsDuring: (work: () => Promise<void>) => Promise<SentFile[][]>;
}

/** An n8n for all examples, with the credentials that they have in common. */
export async function openExampleWorld(): Promise<ExampleWorld> {
	const world = await openWorld({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
	const { api, emulator } = world;
	const s3 = await startObjectStore();
	const wiring: Wiring = {
		unstructuredApi: await emulatorCredential(api, {
			apiKey: emulator.key,
			apiUrl: emulator.url,
		}),
		s3: await s3Credential(api, s3),
	};
	const loaded = new Set<string>();
	const createCredential = (type: string, data: object) =>
		api.call<CredentialReference>('POST', '/credentials', { name: type, type, data });
	return {
		...world,
		wiring,
		s3,
		loaded,
		createCredential,
		async imapServer(t) {
			const imap = await startDovecot();
			t.after(() => imap.close());
			const { user, password, host, port } = imap;
			wiring.imap = await createCredential('imap', { user, password, host, port, secure: false });
			return imap;
		},
		async smtpServer(t) {
			const smtp = await startSmtp();
			t.after(() => smtp.close());
			wiring.smtp = await smtpCredential(api, smtp);
			return smtp;
		},
		async openAiServer(t) {
			const openAi = await startOpenAi();
			t.after(() => openAi.close());
			wiring.openAiApi = await openAiCredential(api, openAi);
			return openAi;
		},
		async load(file) {
			const example = await readExample(file);
			assert.equal(await importExample(api, example, wiring), true);
			loaded.add(file);
			return example;
		},
		async uploadsDuring(work) {
			const before = (await uploads(emulator.url)).length;
			await work();
			return (await uploads(emulator.url)).slice(before);
		},
		async close() {
			await s3.close();
			await world.close();
		},
	};
}

/** The items of one output of a node, or none when it did not run. */
export function itemsOf({ runs }: Execution, node: string, output = 0) {
	return runs[node]?.[0]?.data?.main?.[output] ?? [];
}

export function assertSucceeded(execution: Execution): void {
	assert.equal(execution.status, 'success', execution.error);
}
