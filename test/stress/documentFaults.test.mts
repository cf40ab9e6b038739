import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { filesAsItems, runEngine, type EngineResult } from '../support/engine.mjs';
import { startFaultyProxy, type Fault } from '../support/faultyProxy.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import * as hurt from '../support/networkFaults.mjs';
import { byId, goOn, LOCAL_FILES } from '../support/node.mjs';

// The connection breaks at each point of Document: Parse. No file is sent twice, no file gets another file's text, and
// an item without a text names the job that has it. All cases run in parallel because they mostly wait.

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;
beforeAll(async () => {
	await useBinaryMode('filesystem');
	emulator = await startEmulator();
	await emulator.reset({ launchSpacing: 0, jobSeconds: 0.2 });
	proxy = await startFaultyProxy(emulator.url);
});
afterAll(async () => {
	await proxy.close();
	await emulator.close();
});

/** The request that a fault affects. */
interface Point {
	method: string;
	path: RegExp;
	/** How many such requests succeed before the fault. */
	after?: number;
}

const CHECK: Point = { method: 'GET', path: /\/jobs\/\?status=SCHEDULED$/ };
const START: Point = { method: 'POST', path: /\/jobs\/$/ };
const JOB: Point = { method: 'GET', path: /\/jobs\/[^/?]+$/ };
const FAILED_FILES: Point = { method: 'GET', path: /\/failed-files$/ };
const LIST: Point = { method: 'GET', path: /\/jobs\/(\?(?!status=SCHEDULED).*)?$/ };
const DOWNLOAD: Point = { method: 'GET', path: /\/download\?/ };

/** Two jobs of three files; two files of each job share a name. */
const PLACES = [0, 1, 2, 3, 4, 5];
const PER_JOB = 3;
const wayOf = (name: string) => name.replace(/\W+/g, '-');
/** A file name that only this case uses, because a job with another execution's names is never taken for its own. */
const fileName = (name: string, place: number) =>
	`${place === 2 ? 'last' : 'scan'} of ${wayOf(name)}.txt`;
const UPLOAD = 'the first upload';
/** A text large enough for a connection to break inside it. That of the upload exceeds a socket's buffer. */
const textOf = (name: string, place: number) =>
	`${name}, file ${place}! `.repeat(name === UPLOAD && place === 0 ? 500_000 : 5_000).trim();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const parse = (changes: INodeParameters = {}): INodeParameters => ({
	resource: 'document',
	operation: 'parse',
	...changes,
	options: {
		pollInterval: 0.1,
		timeout: 4,
		filesPerJob: PER_JOB,
		...(changes.options as INodeParameters),
	},
});

interface Case {
	name: string;
	point: Point;
	fault: Fault;
	times: number;
	filesPerJob?: number;
}

interface Outcome extends EngineResult {
	/** For each item, its place if it has its own text, or else its message. */
	said: Array<number | string>;
	/** The jobs with the case's files, oldest first. */
	jobs: string[];
}

function saidBy(name: string, items: INodeExecutionData[]) {
	return items.map(({ json, pairedItem }) => {
		const { item } = pairedItem as { item: number };
		if (json.text === textOf(name, item)) return item;
		return `${json.error as string} ${json.details as string}`;
	});
}

/** Checks that each file was sent at most once, and returns the jobs. */
async function jobsOf(name: string) {
	const own = new Set(PLACES.map((place) => sha256(textOf(name, place))));
	const jobs = (await emulator.jobs())
		.reverse()
		.filter(({ files }) => files.some((file) => own.has(file.sha256)));
	expect(new Set(jobs.flatMap(({ files }) => files.map((file) => file.sha256))).size).toBe(
		jobs.reduce((sum, { files }) => sum + files.length, 0),
	);
	return jobs.map(({ id }) => id);
}

async function tryOut(
	{ name, point, fault, times, filesPerJob = PER_JOB }: Case,
	node: object,
): Promise<Outcome> {
	let passed = 0;
	const meets = (method: string, path: string) =>
		method === point.method && point.path.test(path) && passed++ >= (point.after ?? 0);
	const way = wayOf(name);
	const result = await runEngine({
		parameters: parse({ options: { filesPerJob } }),
		items: filesAsItems(
			PLACES.map((place) => ({ name: fileName(name, place), data: textOf(name, place) })),
		),
		apiUrl: proxy.url(way, { fault, meets, times }),
		apiKey: emulator.key,
		...node,
	});
	expect(proxy.met(way)).toBeGreaterThan(0);
	return { ...result, said: saidBy(name, result.outputs[0] ?? []), jobs: await jobsOf(name) };
}

const busy = hurt.answers(503, '');

const PASSING: Case[] = [
	{ name: 'the check before the first upload', point: CHECK, fault: hurt.resetBefore },
	{
		name: 'the check before the second upload',
		point: { ...CHECK, after: 1 },
		fault: hurt.resetMiddle,
	},
	{ name: 'the first start, whose response is lost', point: START, fault: hurt.resetAfter },
	{
		name: 'the second start, whose response is cut',
		point: { ...START, after: 1 },
		fault: hurt.truncated,
	},
	{ name: 'the first check of a job', point: JOB, fault: hurt.resetBefore },
	{ name: 'a later check of a job', point: { ...JOB, after: 3 }, fault: hurt.resetMiddle },
	{ name: 'the failed files', point: FAILED_FILES, fault: busy },
	{ name: 'the download of the first file', point: DOWNLOAD, fault: hurt.resetMiddle },
	{ name: 'the download of the second file', point: { ...DOWNLOAD, after: 1 }, fault: busy },
	{
		name: 'the download of the last file',
		point: { ...DOWNLOAD, after: 5 },
		fault: hurt.truncated,
	},
].map((one) => ({ ...one, times: 1 }));

const LASTING: Array<Case & { places: number[] }> = [
	{ name: 'every check of a job', point: JOB, fault: hurt.resetBefore, places: PLACES },
	{ name: 'every list of failed files', point: FAILED_FILES, fault: busy, places: PLACES },
	{
		name: 'every download of one file',
		point: { ...DOWNLOAD, path: /\/download\?file_id=last-/ },
		fault: hurt.truncated,
		places: [2],
	},
].map((one) => ({ ...one, times: Infinity }));

const BROKEN_UPLOAD: Case = {
	name: UPLOAD,
	point: START,
	fault: hurt.resetMiddle,
	times: 1,
};

const NO_LIST: Case = {
	name: 'the list of jobs',
	point: LIST,
	fault: busy,
	times: Infinity,
	filesPerJob: 1,
};

const outcomes = new Map<Case, Outcome>();
const stopped = new Map<Case, Outcome>();
beforeAll(async () => {
	await Promise.all([
		...[...PASSING, ...LASTING, BROKEN_UPLOAD, NO_LIST].map(async (one) =>
			outcomes.set(one, await tryOut(one, goOn)),
		),
		...LASTING.map(async (one) =>
			stopped.set(one, await tryOut({ ...one, name: `${one.name}, without On Error` }, {})),
		),
	]);
}, 120_000);

it.each(PASSING)('returns all texts if $name breaks once', (one) => {
	const { error, said, jobs } = outcomes.get(one)!;
	expect(error).toBeUndefined();
	expect(said).toEqual(PLACES);
	expect(jobs).toHaveLength(2);
});

it('starts no job for an interrupted upload and keeps the other job', () => {
	const { said, jobs } = outcomes.get(BROKEN_UPLOAD)!;
	const none = expect.stringContaining('No job was started') as string;
	expect(said).toEqual([none, none, none, 3, 4, 5]);
	expect(jobs).toHaveLength(1);
});

it('reads six jobs one by one if the list of jobs always fails', () => {
	const { error, said, jobs } = outcomes.get(NO_LIST)!;
	expect(error).toBeUndefined();
	expect(said).toEqual(PLACES);
	expect(jobs).toHaveLength(6);
});

describe.each(LASTING)('if $name fails', (one) => {
	it('names the job in each item without a text', () => {
		const { said, jobs } = outcomes.get(one)!;
		const named = (place: number) =>
			expect.stringContaining(jobs[Math.floor(place / PER_JOB)]) as string;
		expect(jobs).toHaveLength(2);
		expect(said).toEqual(
			PLACES.map((place) => (one.places.includes(place) ? named(place) : place)),
		);
	});

	it("names all jobs in the error without 'On Error'", () => {
		const { error, jobs } = stopped.get(one)!;
		expect(jobs).toHaveLength(2);
		for (const id of jobs) expect(`${error?.message} ${error?.description}`).toContain(id);
	});
});

describe('without a fault', () => {
	const run = async (
		names: string[],
		parameters: INodeParameters = parse(),
		node: object = goOn,
	): Promise<EngineResult> =>
		await runEngine({
			parameters,
			items: filesAsItems(names.map((name, place) => ({ name, data: `Text ${place} of all` }))),
			apiUrl: emulator.url,
			apiKey: emulator.key,
			...node,
		});
	const jsonOf = (items: INodeExecutionData[]) =>
		items.map(({ json }) => json.text ?? json.details);

	it('sends only the failed file to the error output', async () => {
		await emulator.outcomes({ failedFiles: { 1: 'File is encrypted' } });
		const { outputs } = await run(['a.txt', 'a.txt', 'a.txt'], parse(), {
			node: { onError: 'continueErrorOutput' },
		});
		expect(jsonOf(outputs[0])).toEqual(['Text 0 of all', 'Text 2 of all']);
		expect(jsonOf(outputs[1])).toEqual([expect.stringContaining('File is encrypted')]);
	});

	const oddName = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 60 }),
		fc.string({ unit: 'grapheme', maxLength: 300 }),
		fc.stringMatching(/^[ab.\-_ /\\1]{0,4}$/),
		fc.constantFrom(
			...[
				'..',
				'',
				' ',
				'\r\n',
				'a\u0000b',
				'a-d88db765',
				'請求書',
				'請'.repeat(99),
				'é',
				'e\u0301',
			],
		),
	);

	it('returns the right text for files with any names', async () => {
		await emulator.options({ jobSeconds: 0 });
		const name = fc
			.tuple(oddName, fc.constantFrom('.txt', '.md', ''))
			.map((parts) => parts.join(''));
		const parameters = parse({ processing: 'workflow', workflowId: byId(LOCAL_FILES) });
		await fc.assert(
			fc.asyncProperty(fc.array(name, { minLength: 2, maxLength: 30 }), async (names) => {
				const { outputs, error } = await run(names, parameters, {});
				expect(error).toBeUndefined();
				expect(jsonOf(outputs[0])).toEqual(
					names.map((_, place) => expect.stringContaining(`Text ${place} of all`) as string),
				);
			}),
			{ numRuns: 12 },
		);
	}, 60_000);
});
