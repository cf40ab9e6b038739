import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import type { INodeParameters } from 'n8n-workflow';
import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { filesAsItems, runEngine, type MakeItems } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import {
	startFaultyProxy,
	startOtherHost,
	startUntrustedServer,
	type Fault,
	type Passage,
} from '../support/faultyProxy.mjs';
import * as hurt from '../support/networkFaults.mjs';
import { byId, goOn, jobParameters, jsonItems, LOCAL_FILES } from '../support/node.mjs';

/**
 * Every kind of call with every fault of its connection, through a proxy that breaks real connections. Asserted for
 * each cell: what the server has created, what the item contains, and the longest time; and at the end that no
 * connection and no file is open.
 *
 * `FAULTS=all` adds the cells that take minutes, because only a timeout ends them: a run, an on-demand job, and a
 * download whose server is silent or sends a byte a second.
 */
const isComplete = process.env.FAULTS === 'all';

/** What the node returns instead of a message. */
const DONE = /^$/;

interface Row {
	name: string;
	/** The API URL for a connection that cannot be established at all. */
	elsewhere?: () => string;
	fault?: Fault;
	/** What the item contains. */
	says: RegExp;
	/** How many records the server has after a POST that creates one. */
	made: 0 | 1;
	/** Whether the response leaves open if a record was created. */
	isUnclear: boolean;
	/** Whether the fault can be temporary, so polling continues. */
	isPassing?: false;
	/** Whether a read succeeds after the fault has occurred once. */
	recovers: boolean;
	/** Not tested with a fault that occurs once. */
	isTriedOnce?: false;
	/** The most seconds for a cell, 30 by default. */
	most?: number;
	/** Only a timeout ends the cell. */
	isSilent?: true;
	/** The kinds of calls with this fault. By default, all kinds that are not `isSpecial`. */
	kinds?: RegExp;
	/** The created job belongs to another execution. */
	isOthers?: true;
}

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;
let untrusted: Awaited<ReturnType<typeof startUntrustedServer>>;
let other: Awaited<ReturnType<typeof startOtherHost>>;
let closedPort = 0;

const connection = { made: 0, isUnclear: false, recovers: true } as const;
const lost = {
	says: /was closed before the response was complete/,
	isUnclear: true,
	recovers: true,
} as const;
const tooMany = {
	says: /is rate-limiting this account/,
	made: 0,
	isUnclear: false,
	most: 70,
} as const;
const busy = { detail: 'Too many requests' };

const status = (code: number): Row => ({
	name: `${code}`,
	fault: hurt.answers(code, code === 500 ? { detail: 'Internal server error' } : ''),
	says: new RegExp(`could not process the request \\(status ${code}\\)`),
	made: 0,
	isUnclear: true,
	recovers: true,
});

const waitsFor = (what: string, after: () => string): Row => ({
	name: `429, Retry-After ${what}`,
	fault: async (passage) => await hurt.answers(429, busy, { 'retry-after': after() })(passage),
	...tooMany,
	recovers: true,
});

const ROWS: Row[] = [
	{
		name: 'refused',
		elsewhere: () => `http://127.0.0.1:${closedPort}`,
		says: /Could not connect to/,
		...connection,
		most: 60,
	},
	{
		name: 'DNS failure',
		elsewhere: () => 'https://unstructured.invalid',
		says: /The host unstructured\.invalid was not found/,
		...connection,
		most: 60,
	},
	{
		name: 'TLS: untrusted certificate',
		elsewhere: () => untrusted.url,
		says: /Could not establish a secure connection/,
		...connection,
	},
	{
		name: 'TLS: no TLS there',
		elsewhere: () => other.url.replace('http:', 'https:'),
		says: /The server at \S+ doesn.t use HTTPS/,
		...connection,
	},
	{ name: 'reset before the request', fault: hurt.resetBefore, ...lost, made: 0 },
	{ name: 'reset in the middle', fault: hurt.resetMiddle, ...lost, made: 0 },
	{ name: 'reset after the request', fault: hurt.resetAfter, ...lost, made: 1 },
	{
		name: 'half-open',
		fault: hurt.halfOpen,
		says: /The request to .* timed out/,
		made: 1,
		isUnclear: true,
		recovers: false,
		isTriedOnce: false,
		most: 90,
		isSilent: true,
	},
	{
		name: '1 byte/s',
		fault: hurt.bytesPerSecond(1),
		says: /The request to .* timed out/,
		made: 1,
		isUnclear: true,
		recovers: false,
		isTriedOnce: false,
		most: 90,
		isSilent: true,
	},
	{ name: '429', fault: hurt.answers(429, busy), ...tooMany, recovers: true },
	waitsFor('1 s', () => '1'),
	waitsFor('date', () => new Date(Date.now() + 2_000).toUTCString()),
	{ ...waitsFor('1e9 s', () => '999999999'), recovers: false, isTriedOnce: false },
	{
		...waitsFor('year 9999', () => 'Fri, 31 Dec 9999 23:59:59 GMT'),
		recovers: false,
		isTriedOnce: false,
	},
	waitsFor('nonsense', () => '-1, soon'),
	...[500, 502, 503, 504].map(status),
	{
		name: 'HTML body',
		fault: hurt.answers(200, '<html><h1>Please sign in</h1></html>'),
		says: /web page instead of data/,
		made: 0,
		isUnclear: true,
		recovers: true,
	},
	{
		name: 'truncated JSON',
		fault: hurt.truncated,
		says: /could not be read|broke off|ended before it was complete/,
		made: 1,
		isUnclear: true,
		recovers: true,
		most: 60,
	},
	{
		name: 'wrong content type',
		fault: hurt.wrongType,
		says: DONE,
		made: 1,
		isUnclear: false,
		recovers: true,
	},
	{
		name: 'gzip bomb',
		fault: hurt.gzipBomb(200),
		says: /is too large/,
		made: 0,
		isUnclear: true,
		recovers: false,
		isTriedOnce: false,
		most: 60,
	},
	{
		name: 'gzip bomb, 500',
		fault: hurt.gzipBomb(500),
		says: /could not process the request \(status 500\)/,
		made: 0,
		isUnclear: true,
		recovers: true,
		isTriedOnce: false,
	},
	{
		name: '100 MB error body',
		fault: hurt.hugeErrorBody,
		says: /could not process the request \(status 500\)/,
		made: 0,
		isUnclear: true,
		recovers: true,
		isTriedOnce: false,
	},
	{
		name: 'redirect to another host',
		fault: async (passage) =>
			await hurt.answers(307, '', { location: `${other.url}/elsewhere` })(passage),
		says: /redirects to another URL/,
		made: 0,
		isUnclear: false,
		isPassing: false,
		recovers: false,
	},
	{
		name: 'another shape than documented',
		fault: hurt.wrapped,
		says: /could not be read/,
		made: 1,
		isUnclear: true,
		recovers: false,
		most: 60,
	},
	{
		name: 'same names in two executions',
		fault: async (passage) => await anotherExecution(passage),
		says: /a job may or may not have started$/,
		made: 1,
		isUnclear: true,
		recovers: false,
		kinds: /^(run|on-demand)$/,
		isOthers: true,
	},
	{
		name: 'list of jobs fails',
		fault: hurt.answers(500, { detail: 'Internal server error' }),
		says: DONE,
		made: 1,
		isUnclear: false,
		recovers: true,
		kinds: /^(poll many|run if free)$/,
	},
];

interface Kind {
	name: string;
	meets: (method: string, path: string) => boolean;
	/** The parameters of the node. Only this cell uses `name`. */
	prepare: (
		name: string,
		times: number,
	) => Promise<{ parameters: INodeParameters; items: MakeItems }>;
	/** The number of records that the call created on the server. */
	made?: (name: string) => Promise<number>;
	/** The expectation, if it differs from that of a read. */
	says?: (row: Row) => RegExp;
	/** A silent server delays the call for minutes. */
	isPatient?: true;
	/** A temporary fault that ends before the time limit leaves no trace. */
	looksAgain?: true;
	/** Only for the rows that name this kind. */
	isSpecial?: true;
	/** Large responses need much CPU and are read like those of another kind, so they need FAULTS=all. */
	isLight?: true;
}

const once = jsonItems({});
const file = (name: string) =>
	filesAsItems([{ name: `${name}.txt`, data: `${name} `.repeat(50_000) }]);

async function api<Json>(method: string, path: string, body?: unknown): Promise<Json> {
	const response = await fetch(`${emulator.url}/api/v1${path}`, {
		method,
		headers: { 'unstructured-api-key': emulator.key, 'content-type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
	return (await response.json()) as Json;
}

const newWorkflow = async (name: string) => (await emulator.addWorkflows([{ name }]))[0].id;
const jobsWith = async (name: string) =>
	(await emulator.jobs()).filter(({ files }) => files[0]?.fileName === `${name}.txt`).length;

let endedJob = '';
let manyJobs: string[] = [];
const at = (method: string, pattern: RegExp) => (ofMethod: string, path: string) =>
	method === ofMethod && pattern.test(path);

/** A created job is found and returned. */
const startSays = ({ says, made, isUnclear, isOthers }: Row) =>
	isUnclear && made === 1 && !isOthers ? DONE : says;

const runParameters = (workflowId: string): INodeParameters => ({
	resource: 'workflow',
	operation: 'run',
	workflowId: byId(workflowId),
});
const onDemandParameters = jobParameters('create', { templateId: byId('hi_res_partition') });

const documentParameters = (operation: string, timeout = 30): INodeParameters => ({
	resource: 'document',
	operation,
	attributes: { attributes: [{ name: 'number', type: 'string' }] },
	options: { pollInterval: 0.1, timeout },
});

/** The upload arrives, but another execution starts the only job, with the same file. Then the connection breaks. */
async function anotherExecution({ request, socket }: Passage) {
	for await (const chunk of request) void chunk;
	const [, name = '', workflowId] =
		/^\/([^/]+)\/.*?(?:workflows\/([^/]+)\/run)?$/.exec(request.url ?? '') ?? [];
	const { error } = await runEngine({
		parameters: workflowId ? runParameters(workflowId) : onDemandParameters,
		items: file(name),
		apiUrl: emulator.url,
		apiKey: emulator.key,
	});
	if (error) throw error;
	socket.resetAndDestroy();
}

const downloadSays = ({ name, says }: Row) => {
	// The body is not JSON from its first byte.
	if (name === 'gzip bomb') return /is not a list of elements/;
	// An object is extracted data.
	return name === 'another shape than documented' ? DONE : says;
};
const timesOut = ({ elsewhere, says, isPassing }: Row) =>
	elsewhere || says === DONE || isPassing === false ? says : /3 seconds/;

const KINDS: Kind[] = [
	{
		name: 'parse',
		meets: at('POST', /\/jobs\/$/),
		prepare: (name) =>
			Promise.resolve({ parameters: documentParameters('parse'), items: file(name) }),
		made: jobsWith,
		says: startSays,
		isPatient: true,
	},
	{
		name: 'parse wait',
		meets: at('GET', /\/jobs\/[^/?]+$/),
		prepare: (name, times) =>
			Promise.resolve({
				parameters: documentParameters('parse', times === 1 ? 10 : 3),
				items: file(name),
			}),
		says: timesOut,
		looksAgain: true,
		isLight: true,
	},
	{
		name: 'extract',
		meets: at('GET', /\/download\?/),
		prepare: (name) =>
			Promise.resolve({ parameters: documentParameters('extract'), items: file(name) }),
		says: downloadSays,
		isPatient: true,
		isLight: true,
	},
	{
		name: 'file status',
		meets: at('GET', /\/file-status$/),
		prepare: () =>
			Promise.resolve({
				parameters: jobParameters('getFileStatus'),
				items: jsonItems({ id: endedJob }),
			}),
		isLight: true,
	},
	{
		name: 'template',
		meets: at('GET', /\/templates\/[^/?]+$/),
		prepare: (name) =>
			Promise.resolve({
				parameters: {
					resource: 'workflow',
					operation: 'create',
					name,
					definition: 'template',
					templateId: byId('hi_res_partition'),
				},
				items: once,
			}),
		isLight: true,
	},
	{
		name: 'run',
		meets: at('POST', /\/run$/),
		prepare: async (name) => ({
			parameters: runParameters(await newWorkflow(name)),
			items: file(name),
		}),
		made: jobsWith,
		says: startSays,
		isPatient: true,
	},
	{
		name: 'on-demand',
		meets: at('POST', /\/jobs\/$/),
		prepare: (name) =>
			Promise.resolve({
				parameters: onDemandParameters,
				items: file(name),
			}),
		made: jobsWith,
		says: startSays,
		isPatient: true,
	},
	{
		name: 'poll',
		meets: at('GET', /\/jobs\/[^/]+$/),
		prepare: (_name, times) =>
			Promise.resolve({
				parameters: jobParameters('wait', { options: { timeout: times === 1 ? 10 : 3 } }),
				items: jsonItems({ id: endedJob }),
			}),
		says: ({ says, isPassing }) =>
			says === DONE || isPassing === false ? says : /did not finish within 3 seconds/,
		looksAgain: true,
	},
	{
		// The list of jobs fails. The list is optional, so the jobs are read one by one and returned.
		name: 'poll many',
		meets: at('GET', /\/jobs\/(\?.*)?$/),
		prepare: () =>
			Promise.resolve({
				parameters: jobParameters('wait', { options: { timeout: 20 } }),
				items: jsonItems(...manyJobs.map((id) => ({ id }))),
			}),
		says: ({ elsewhere }) => (elsewhere ? /did not finish within 20 seconds/ : DONE),
		isPatient: true,
		looksAgain: true,
	},
	{
		name: 'read',
		meets: at('GET', /\/jobs\/[^/?]+$/),
		prepare: () =>
			Promise.resolve({ parameters: jobParameters('get'), items: jsonItems({ id: endedJob }) }),
	},
	{
		name: 'list',
		meets: at('GET', /\/workflows\/\?.*page=2/),
		prepare: () =>
			Promise.resolve({
				parameters: { resource: 'workflow', operation: 'getAll', returnAll: true },
				items: once,
			}),
	},
	{
		name: 'download',
		meets: at('GET', /\/download\?/),
		prepare: () =>
			Promise.resolve({
				parameters: jobParameters('getOutput', { outputFormat: 'elements' }),
				items: jsonItems({ id: endedJob }),
			}),
		says: downloadSays,
		isPatient: true,
	},
	{
		name: 'update',
		meets: at('PUT', /\/workflows\/[^/]+$/),
		prepare: async (name) => ({
			parameters: {
				resource: 'workflow',
				operation: 'update',
				workflowId: byId(await newWorkflow(name)),
				updateFields: { name: `${name} newer` },
			},
			items: once,
		}),
	},
	{
		name: 'create',
		meets: at('POST', /\/sources\/$/),
		prepare: (name) =>
			Promise.resolve({
				parameters: {
					resource: 'source',
					operation: 'create',
					name,
					config: '{"remote_url": "s3://bucket/"}',
				},
				items: once,
			}),
		made: async (name) =>
			(await api<Array<{ name: string }>>('GET', '/sources/')).filter((one) => one.name === name)
				.length,
		says: ({ says, isUnclear }) =>
			isUnclear
				? new RegExp(`(${says.source}).*, so the source may or may not have been created`)
				: says,
	},
	{
		name: 'delete',
		meets: at('DELETE', /\/workflows\/[^/]+$/),
		prepare: async (name) => ({
			parameters: {
				resource: 'workflow',
				operation: 'delete',
				workflowId: byId(await newWorkflow(name)),
			},
			items: once,
		}),
		// The second attempt finds that the first one has deleted the workflow.
		says: ({ name, says }) => (/truncated|in the middle|another shape/.test(name) ? DONE : says),
	},
	{
		name: 'run if free',
		meets: at('GET', /\/jobs\/(\?.*)?$/),
		prepare: async (name) => ({
			parameters: { ...runParameters(await newWorkflow(name)), options: { ifActive: 'wait' } },
			items: file(name),
		}),
		made: jobsWith,
		isSpecial: true,
	},
];

interface Cell {
	row: Row;
	kind: Kind;
	/** How many requests the fault meets. */
	times: number;
}

interface Outcome {
	made: number | undefined;
	/** The error of the item, or an empty text. */
	message: string;
	ms: number;
}

const nameOf = ({ row, kind, times }: Cell) =>
	`${kind.name} ${row.name} ${times}`.replace(/[^a-z0-9]+/gi, '-').toLowerCase();

async function carryOut(cell: Cell): Promise<Outcome> {
	const { row, kind, times } = cell;
	const name = nameOf(cell);
	const { parameters, items } = await kind.prepare(name, times);
	const apiUrl =
		row.elsewhere?.() ?? proxy.url(name, { fault: row.fault!, meets: kind.meets, times });
	const started = Date.now();
	const { outputs, error } = await runEngine({
		parameters,
		items,
		apiUrl,
		apiKey: emulator.key,
		...goOn,
	});
	const ms = Date.now() - started;
	if (error) throw error;
	const given = outputs[0][0]?.json.error;
	return {
		made: await kind.made?.(name),
		message: typeof given === 'string' ? given : '',
		ms,
	};
}

const isOf = (row: Row, kind: Kind) => row.kinds?.test(kind.name) ?? !kind.isSpecial;
const isLarge = ({ row }: Cell) => /bomb|MB/.test(row.name);
const isShort = (cell: Cell) =>
	(!cell.row.isSilent || !cell.kind.isPatient) && (!cell.kind.isLight || !isLarge(cell));
const cells: Cell[] = [Infinity, 1]
	.flatMap((times) => ROWS.flatMap((row) => KINDS.map((kind) => ({ row, kind, times }))))
	.filter(({ row, kind }) => isOf(row, kind))
	.filter(({ row, times }) => times === Infinity || (row.fault && row.isTriedOnce !== false))
	.filter((cell) => isComplete || isShort(cell));
const outcomes = new Map<Cell, Outcome>();

/** Runs all of these cells, so many in parallel. */
async function together(list: Cell[], atOnce: number) {
	const waiting = [...list];
	const work = async () => {
		for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
			outcomes.set(cell, await carryOut(cell));
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
}

function printed() {
	const of = (row: Row, kind: Kind) =>
		[...outcomes].find(
			([cell]) => cell.row === row && cell.kind === kind && cell.times === Infinity,
		)?.[1];
	const text = (outcome: Outcome | undefined) => {
		if (!outcome) return '';
		const { made, message, ms } = outcome;
		const count = made === undefined ? '' : ` ${made}`;
		return `${message ? 'error' : 'done'}${count} ${(ms / 1000).toFixed(1)} s`;
	};
	const line = (texts: string[]) => texts.map((one, i) => one.padEnd(i ? 14 : 27)).join('');
	return [
		line(['the fault never ends', ...KINDS.map(({ name }) => name)]),
		...ROWS.map((row) => line([row.name, ...KINDS.map((kind) => text(of(row, kind)))])),
		'(done or error, how many the server has made, seconds; empty: with FAULTS=all, or not about this kind)',
	].join('\n');
}

/** The open files and connections of this process. */
const openHandles = () => ({
	files: readdirSync('/dev/fd').length,
	sockets: process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|Pipe)/.test(name)).length,
});
let before: ReturnType<typeof openHandles>;

beforeAll(async () => {
	await useBinaryMode('filesystem');
	before = openHandles();
	emulator = await startEmulator();
	await emulator.reset({ jobSeconds: 0.3, launchSpacing: 0, fileStatusPerMinute: 1_000_000 });
	proxy = await startFaultyProxy(emulator.url);
	untrusted = await startUntrustedServer();
	other = await startOtherHost();
	closedPort = await getPort();
	await emulator.addManyWorkflows(110);
	await runEngine({
		parameters: {
			resource: 'workflow',
			operation: 'run',
			workflowId: byId(LOCAL_FILES),
			waitForCompletion: true,
			options: { pollInterval: 0.1 },
		},
		items: file('ended'),
		apiUrl: emulator.url,
		apiKey: emulator.key,
	});
	endedJob = (await emulator.jobs())[0].id;
	manyJobs = await emulator.addJobs({ count: 5, endsIn: { first: 0, last: 0.1 } });
	const silent = cells.filter(({ row }) => row.isSilent);
	const large = cells.filter(isLarge);
	const others = cells.filter((cell) => !silent.includes(cell) && !large.includes(cell));
	// Unpacking needs much CPU and would delay the other cells, so few of these run in parallel.
	await Promise.all([together(silent, silent.length), together(others, 40), together(large, 3)]);
	process.stdout.write(`${printed()}\n`);
}, 600_000);

let isClosed = false;
async function close() {
	if (isClosed) return;
	isClosed = true;
	await Promise.all([proxy.close(), untrusted.close(), other.close(), emulator.close()]);
}
afterAll(close);

const says = (row: Row) => row.says;

describe.each(ROWS)('$name', (row) => {
	const ofRow = cells.filter((cell) => cell.row === row);
	const mostSeconds = row.most ?? 30;

	it.each(ofRow.filter(({ times }) => times === Infinity))('every time: $kind.name', (cell) => {
		const { made, message, ms } = outcomes.get(cell)!;
		expect(message).toMatch((cell.kind.says ?? says)(row));
		if (made !== undefined) expect(made).toBe(row.made);
		expect(ms).toBeLessThan((isShort(cell) ? mostSeconds : 420) * 1000);
		if (row.fault) expect(proxy.met(nameOf(cell))).toBeGreaterThan(0);
	});

	const onceOnly = ofRow.filter(({ times }) => times === 1);
	if (onceOnly.length === 0) return;

	it.each(onceOnly)('once: $kind.name', (cell) => {
		const { kind } = cell;
		const { made, message } = outcomes.get(cell)!;
		const isRepeated = kind.made === undefined || !row.isUnclear;
		const isPassing = row.recovers || (kind.looksAgain && row.isPassing !== false);
		const recovers = isPassing && isRepeated;
		expect(message).toMatch(recovers ? DONE : (kind.says ?? says)(row));
		if (made !== undefined) expect(made).toBe(recovers ? 1 : row.made);
		expect(proxy.met(nameOf(cell))).toBe(1);
	});
});

it('sends nothing to the host of a redirect, and nothing without TLS', () => {
	expect(other.seen).toEqual([]);
	expect(untrusted.seen).toEqual([]);
});

it('leaves no connection and no file open', async () => {
	const deadline = Date.now() + 10_000;
	while (proxy.connections() > 0 && Date.now() < deadline) await delay(100);
	expect(proxy.connections()).toBe(0);
	// The emulator closes last, because its end also closes this test's own connections.
	await close();
	const isLeft = ({ files, sockets } = openHandles()) =>
		files > before.files || sockets > before.sockets;
	while (isLeft() && Date.now() < deadline) await delay(100);
	expect(openHandles().sockets).toBeLessThanOrEqual(before.sockets);
	expect(openHandles().files).toBeLessThanOrEqual(before.files);
}, 30_000);
