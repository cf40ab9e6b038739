import type { ParsedMail } from 'mailparser';
import { startEmulator } from './emulator/http/server.mjs';
import { type MailServer, startMailServer } from './mail/server.mjs';
import { buildPackage } from './n8n/build.mjs';
import {
	emulatorCredential,
	openAiCredential,
	s3Credential,
	smtpCredential,
} from './n8n/credentials.mjs';
import { makeFolder } from './n8n/disk.mjs';
import {
	exampleFiles,
	FIRST_EXAMPLE,
	importExample,
	readExample,
	type Wiring,
} from './n8n/examples.mjs';
import { runWorkflow } from './n8n/executions.mjs';
import { Failure, oneLine } from './n8n/failure.mjs';
import { installN8n } from './n8n/install.mjs';
import { claim } from './n8n/lock.mjs';
import { endNotedProcess } from './n8n/noted.mjs';
import { loadOwner } from './n8n/owner.mjs';
import { putPackage } from './n8n/package.mjs';
import { dataFolder, REPOSITORY } from './n8n/paths.mjs';
import { freePort } from './n8n/ports.mjs';
import { report } from './n8n/report.mjs';
import { type N8nApi, signIn } from './n8n/rest.mjs';
import { type N8nServer, startN8n } from './n8n/server.mjs';
import { type OpenAi, startOpenAi } from './openai/server.mjs';
import { BUCKET, type ObjectStore, startS3, type StoredObject } from './s3/server.mjs';

/** The servers that the examples call. */
interface Servers {
	emulator: Awaited<ReturnType<typeof startEmulator>>;
	openAi: OpenAi;
	mail: MailServer;
	s3: ObjectStore;
}

const print = (line: string) => console.log(line);

/** Aborts on Ctrl-C, which may reach this process a second time through npm. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => stop.abort());
}

/** Stops what was started, in the reverse order. */
const started: Array<() => Promise<unknown>> = [];

/** Shows an email of the examples, which goes no further than this terminal. */
function showMail({ to, subject, text }: ParsedMail): void {
	const addresses = [to].flat().map((one) => one?.text ?? '');
	print(`A workflow sent an email to ${addresses.join(', ')}: ${subject ?? ''}`);
	for (const line of (text ?? '').trimEnd().split('\n')) print(`  | ${line}`);
}

/** Shows a stored object, which is deleted when this process stops. */
function showStored({ key, size }: StoredObject): void {
	print(`A workflow stored "${key}" (${size} bytes) in the bucket "${BUCKET}".`);
}

async function startServers(emulatorPort: number): Promise<Servers> {
	const emulator = await startEmulator({ port: emulatorPort });
	started.push(() => emulator.close());
	const openAi = await startOpenAi();
	started.push(() => openAi.close());
	const mail = await startMailServer(showMail);
	started.push(() => mail.close());
	const s3 = await startS3(showStored);
	started.push(() => s3.close());
	return { emulator, openAi, mail, s3 };
}

async function startAll(): Promise<{ n8n: N8nServer; servers: Servers }> {
	const userFolder = dataFolder();
	await makeFolder(userFolder, 'N8N_LOCAL_DATA');
	started.push(await claim(userFolder));
	await endNotedProcess(userFolder, () =>
		print('Stopping the n8n that an earlier start left running...'),
	);
	const n8nPort = await freePort('N8N_PORT', 5678, 'n8n');
	const emulatorPort = await freePort('PORT', 8765, 'the emulator');
	if (n8nPort === emulatorPort) {
		throw new Failure(`N8N_PORT and PORT are both ${n8nPort}. Set them to different ports.`);
	}
	await buildPackage(print);
	const install = await installN8n(stop.signal, print);
	await putPackage(REPOSITORY, userFolder);
	const servers = await startServers(emulatorPort);
	print('Starting n8n...');
	const n8n = await startN8n({ install, userFolder, port: n8nPort, signal: stop.signal });
	started.push(() => n8n.close());
	return { n8n, servers };
}

async function importAll(api: N8nApi, { emulator, openAi, mail, s3 }: Servers): Promise<void> {
	const wiring: Wiring = {
		unstructuredApi: await emulatorCredential(api, { apiKey: emulator.key, apiUrl: emulator.url }),
		openAiApi: await openAiCredential(api, openAi),
		smtp: await smtpCredential(api, mail),
		s3: await s3Credential(api, s3),
	};
	for (const file of await exampleFiles()) {
		const example = await readExample(file);
		const isNew = await importExample(api, example, wiring);
		print(`${isNew ? 'Imported' : 'Kept'} the workflow "${example.name}"`);
	}
}

/** Runs the first example. If the user changed it and it fails, prints why. */
async function runFirst(api: N8nApi): Promise<void> {
	const { id, name } = await readExample(FIRST_EXAMPLE);
	print(`Running "${name}" once. Its nodes return:`);
	try {
		const { nodes } = await api.call<{ nodes: Awaited<ReturnType<typeof readExample>>['nodes'] }>(
			'GET',
			`/workflows/${id}`,
		);
		const execution = await runWorkflow(api, id, 'Try It');
		report(nodes, execution).forEach(print);
		if (execution.error) print(`  The execution failed: ${execution.error}`);
	} catch (error) {
		print(`  The workflow could not be run: ${oneLine(error)}`);
	}
}

function untilStopped(n8n: N8nServer): Promise<void> {
	const stopped = new Promise<void>((resolve) => {
		if (stop.signal.aborted) resolve();
		stop.signal.addEventListener('abort', () => resolve());
	});
	const ended = n8n.ended.then(() => {
		if (!stop.signal.aborted) throw new Failure(`n8n exited unexpectedly. See the log: ${n8n.log}`);
	});
	return Promise.race([stopped, ended]);
}

async function present(n8n: N8nServer, servers: Servers): Promise<void> {
	const owner = await loadOwner(dataFolder());
	const api = await signIn(n8n.url, owner);
	await importAll(api, servers);
	await runFirst(api);
	print('');
	print(`n8n is ready: ${n8n.url}`);
	print(`  Email     ${owner.email}`);
	print(`  Password  ${owner.password}`);
	const { emulator, openAi, s3 } = servers;
	print('The examples use these servers on this machine:');
	print(`  Emulator  ${emulator.url} instead of Unstructured, API key ${emulator.key}`);
	print(`  OpenAI    ${openAi.url}/v1, a stand-in without a model, API key ${openAi.key}`);
	print('  SMTP      Emails are shown here and sent nowhere.');
	print(`  S3        ${s3.url}/${BUCKET}, deleted when you stop`);
	print('Files:');
	print(`  Data      ${dataFolder()}, kept for the next start`);
	print(`  Log       ${n8n.log}`);
	print('Press Ctrl-C to stop everything.');
}

async function main(): Promise<void> {
	const { n8n, servers } = await startAll();
	const stopped = untilStopped(n8n);
	await Promise.race([present(n8n, servers), stopped]);
	await stopped;
}

try {
	await main();
} catch (error) {
	if (!stop.signal.aborted) console.error(oneLine(error));
	process.exitCode = stop.signal.aborted ? 130 : 1;
} finally {
	for (const end of started.reverse()) await end();
}
