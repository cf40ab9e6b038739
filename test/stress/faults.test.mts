import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { goOn, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(300_000) }]);
const RUN = { method: 'POST', path: '/run$' };
const runs = () => node.emulator.requests('POST', /\/run$/);

/** Runs with these faults, and returns what the user reads. */
async function run(...faults: Fault[]) {
	await node.emulator.faults(...faults);
	const { error, outputs, ms } = await node.run(runParameters(), oneFile);
	return { message: error?.message ?? '', description: error?.description ?? '', outputs, ms };
}

describe('a response that names no job is explained, and the file is sent once', () => {
	it.each([
		[
			401,
			{ detail: 'API key is invalid, please provide a valid API key in the header.' },
			/did not recognize this API key/,
		],
		[402, { detail: 'Payment required' }, /payment or a higher quota/],
		[403, { detail: 'Forbidden' }, /doesn't have permission/],
		[404, { detail: 'Workflow not found' }, /workflow '.*' was not found/],
		[413, '<html><h1>413 Request Entity Too Large</h1></html>', /too large/],
		[422, { detail: 'Bad files' }, /did not accept the values/],
		[
			422,
			{ detail: [{ loc: ['body', 'input_files'], msg: 'Field required', type: 'missing' }] },
			/did not accept the values/,
		],
		[
			500,
			{ detail: 'Internal server error' },
			/could not process the request \(status 500\), so a job may or may not have started/,
		],
		[
			502,
			'<html><h1>502 Bad Gateway</h1></html>',
			/could not process the request \(status 502\), so a job may or may not have started/,
		],
		[503, '', /could not process the request \(status 503\), so a job may or may not have started/],
		[202, {}, /returned no job ID, so a job may or may not have started/],
		[202, [], /returned no job ID, so a job may or may not have started/],
		[200, 'all good', /could not be read, so a job may or may not have started/],
		[
			200,
			'<html>Please sign in</html>',
			/web page instead of data, so a job may or may not have started/,
		],
	])('%d %j', async (status, body, message) => {
		const read = await run({ ...RUN, status, body });
		expect(read.message).toMatch(message);
		expect(read.description).not.toMatch(/<h/);
		expect(read.description.length).toBeGreaterThan(20);
		// A retry could start a second job.
		const isUnclear = read.message.includes('may or may not');
		expect(read.description.includes('Before running this again')).toBe(isUnclear);
		expect(isUnclear && /\b(retry|try again)\b/i.test(read.description)).toBe(false);
		expect(await runs()).toHaveLength(1);
		expect(await node.emulator.jobs()).toHaveLength(0);
	});

	it("includes the server's own message", async () => {
		const body = {
			detail: [{ loc: ['body', 'input_files'], msg: 'Field required', type: 'missing' }],
		};
		const { description } = await run({ ...RUN, status: 422, body });
		expect(description).toContain('Unstructured said: input_files: Field required');
	});
});

describe('waits out a rate limit', () => {
	it.each([
		['without a Retry-After', undefined, 200],
		['with seconds', '1', 1_000],
		['with a date', () => new Date(Date.now() + 2_000).toUTCString(), 900],
	])('%s', async (_what, retryAfter, atLeast) => {
		const header = typeof retryAfter === 'function' ? retryAfter() : retryAfter;
		const headers = header ? { 'retry-after': header } : undefined;
		const { message, outputs, ms } = await run({
			...RUN,
			status: 429,
			headers,
			body: { detail: 'slow' },
		});
		expect(message).toBe('');
		expect(outputs[0]).toHaveLength(1);
		expect(ms).toBeGreaterThan(atLeast);
		const jobs = await node.emulator.jobs();
		expect(jobs).toHaveLength(1);
		// The retry read the file from its start.
		expect(jobs[0].files[0].size).toBe(300_000);
	});

	it('up to a maximum wait', async () => {
		const headers = { 'retry-after': '86400' };
		const { message, ms } = await run({ ...RUN, status: 429, headers, body: { detail: 'slow' } });
		expect(message).toMatch(/rate-limiting this account/);
		expect(ms).toBeLessThan(5_000);
	});
});

describe('a lost connection', () => {
	it('starts no job if lost during the upload, and the error states it', async () => {
		await node.emulator.faults({ ...RUN, reset: 'midBody' });
		const bigFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(20_000_000) }]);
		const { error } = await node.run(runParameters(), bigFile);
		expect(error?.message).toMatch(
			/^No job was started, because the upload failed: The connection to /,
		);
		expect(await runs()).toHaveLength(1);
		expect(await node.emulator.jobs()).toHaveLength(0);
	});

	it('does not return another job with the same file name if lost during the upload', async () => {
		await node.emulator.faults({ ...RUN, reset: 'midBody', delayMs: 700 });
		const bigFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(20_000_000) }]);
		const broken = node.run(runParameters(), bigFile);
		await node.emulator.arrived('POST', /\/run$/);
		await node.run(runParameters(), oneFile);
		const { error, outputs } = await broken;
		expect(error?.message).toContain('No job was started');
		expect(outputs).toEqual([]);
		expect((await node.emulator.jobs()).map(({ files }) => files[0].size)).toEqual([300_000]);
	});

	it('is explained if the server rejects the file during the upload', async () => {
		await node.emulator.faults({ ...RUN, status: 413, early: true, body: 'too large' });
		const bigFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(20_000_000) }]);
		const { error } = await node.run(runParameters(), bigFile);
		expect(`${error?.message} ${error?.description}`).toMatch(
			/too large|rejects files, e\.g\. because of their size/,
		);
		expect(await node.emulator.jobs()).toHaveLength(0);
	});

	it.each<[string, Fault]>([
		['after the job was started', { reset: 'afterBody' }],
		['in the middle of the response', { reset: 'midAnswer' }],
		['with half of the response', { truncate: true }],
		['behind a gateway that times out', { replace: { status: 504, body: '<html>504</html>' } }],
	])('returns the started job if lost %s', async (_what, fault) => {
		const { message, outputs } = await run({ ...RUN, ...fault });
		expect(message).toBe('');
		const jobs = await node.emulator.jobs();
		expect(jobs).toHaveLength(1);
		expect(outputs[0]).toMatchObject([{ json: { id: jobs[0].id } }]);
		expect(await runs()).toHaveLength(1);
	});

	it('does not return a job that another client started meanwhile', async () => {
		await node.emulator.faults({ ...RUN, reset: 'before', delayMs: 1_500 });
		const running = node.run(runParameters(), oneFile);
		await node.emulator.arrived('POST', /\/run$/);
		await node.emulator.addJobs({
			count: 1,
			workflowId: runParameters().workflowId?.['value' as never],
		});
		const { error, outputs } = await running;
		expect(error?.message).toMatch(/a job may or may not have started|No job was started/);
		expect(outputs).toEqual([]);
	});
});

describe('Continue on Fail', () => {
	it('returns the message for every item of a job that was not started', async () => {
		await node.emulator.faults({ ...RUN, status: 403, body: { detail: 'no' } });
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'b.txt', data: 'b' },
		]);
		const { outputs, error } = await node.run(runParameters({ splitByStatus: true }), items, goOn);
		expect(error).toBeUndefined();
		expect(outputs.map((output) => output.length)).toEqual([0, 2, 0, 0]);
		expect(outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('runs the next item after a rejected one', async () => {
		await node.emulator.faults({ ...RUN, status: 422, body: { detail: 'no' } });
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'b.txt', data: 'b' },
		]);
		const { outputs } = await node.run(runParameters({ jobGrouping: 'each' }), items, goOn);
		expect(outputs[0]).toMatchObject([
			{
				json: { error: 'Unstructured did not accept the values that were sent' },
				pairedItem: { item: 0 },
			},
			{ json: { status: 'SCHEDULED' }, pairedItem: { item: 1 } },
		]);
	});

	it.each([
		[{}, 1],
		[{ splitByStatus: true }, 4],
	])('sends failed items to the error output with %j', async (parameters, errorOutput) => {
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'empty.txt', data: '' },
		]);
		const { outputs } = await node.run(runParameters(parameters), items, {
			node: { onError: 'continueErrorOutput' },
		});
		expect(outputs.map((output) => output.length)).toEqual(
			Array.from({ length: errorOutput + 1 }, (_, i) => Number(i >= errorOutput - 1)),
		);
		expect(outputs[errorOutput]).toMatchObject([
			{ json: { error: "The file 'empty.txt' is empty" } },
		]);
	});
});
