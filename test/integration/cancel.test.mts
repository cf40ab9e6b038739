import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { filesAsItems, type MakeItems } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { byId, goOn, jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';

/** Presses n8n's Stop button in each phase of the node: the node stops within a second and reports what is still running. */
const node = useNode();
const rejections: unknown[] = [];
const keep = (reason: unknown) => rejections.push(reason);
beforeAll(async () => {
	await useBinaryMode('filesystem');
	process.on('unhandledRejection', keep);
});
afterAll(() => process.off('unhandledRejection', keep));

const smallFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const bigFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(20_000_000) }]);
const documentParameters = (operation: 'parse' | 'extract'): INodeParameters => ({
	resource: 'document',
	operation,
	attributes: { attributes: [{ name: 'number', type: 'string' }] },
	options: { pollInterval: 0.1 },
});
const MAYBE = /A job may have been started/;

async function endedJob() {
	await node.run(runParameters({ waitForCompletion: true }), smallFile);
	return (await node.emulator.jobs())[0].id;
}

/** Stops the execution once such a request has arrived, and returns how long stopping took. */
async function stop(parameters: INodeParameters, items: MakeItems, method: string, path: RegExp) {
	const { done, cancel } = node.start(parameters, items, goOn);
	await node.emulator.arrived(method, path);
	await new Promise((resolve) => setTimeout(resolve, 400));
	const stopped = Date.now();
	cancel();
	const { run, error } = await done;
	const ms = Date.now() - stopped;
	await new Promise((resolve) => setTimeout(resolve, 500));
	return { status: run.status, description: error?.description ?? '', ms };
}

it.each<[string, Fault, MakeItems]>([
	['an upload that is stuck', { hang: 'unread' }, bigFile],
	['an upload with a slow response', { bytesPerSecond: 1 }, smallFile],
	['a start without a response', { hang: 'handled' }, smallFile],
	[
		'a start that waits for its retry',
		{ status: 429, headers: { 'retry-after': '60' } },
		smallFile,
	],
	['the search for a job after a lost response', { reset: 'afterRead' }, smallFile],
])('stops %s', async (_what, fault, items) => {
	await node.emulator.faults({ method: 'POST', path: '/(run|jobs/)$', ...fault });
	const stopped = await stop(runParameters(), items, 'POST', /\/run$/);
	expect(stopped.status).toBe('canceled');
	expect(stopped.ms).toBeLessThan(1_000);
	// After a 429, no job was started for certain.
	if (fault.status === undefined) expect(stopped.description).toMatch(MAYBE);
	expect(rejections).toEqual([]);
});

it('names the job when a wait for it is stopped', async () => {
	await node.emulator.options({ jobSeconds: 60 });
	const parameters = runParameters({ waitForCompletion: true });
	const stopped = await stop(parameters, smallFile, 'GET', /\/jobs\/.+/);
	expect(stopped).toMatchObject({ status: 'canceled' });
	expect(stopped.ms).toBeLessThan(1_000);
	expect(stopped.description).toContain((await node.emulator.jobs())[0].id);
	expect(rejections).toEqual([]);
});

it.each<[string, string, Fault]>([
	['without a response', 'elements', { hang: 'unread' }],
	['that arrives slowly', 'elements', { bytesPerSecond: 1 }],
	['that is stored slowly', 'binary', { bytesPerSecond: 1 }],
])('stops a download %s', async (_what, outputFormat, fault) => {
	const id = await endedJob();
	await node.emulator.faults({ path: '/download$', ...fault });
	const parameters = jobParameters('getOutput', { outputFormat });
	const stopped = await stop(parameters, jsonItems({ id }), 'GET', /\/download$/);
	expect(stopped.status).toBe('canceled');
	expect(stopped.ms).toBeLessThan(1_000);
	expect(rejections).toEqual([]);
});

describe.each(['parse', 'extract'] as const)('Document: %s', (operation) => {
	const parameters = documentParameters(operation);

	it.each<[string, Fault, MakeItems]>([
		['an upload that is stuck', { hang: 'unread' }, bigFile],
		['a start without a response', { hang: 'handled' }, smallFile],
	])('stops %s', async (_what, fault, items) => {
		await node.emulator.faults({ method: 'POST', path: '^/jobs/$', ...fault });
		const stopped = await stop(parameters, items, 'POST', /\/jobs\/$/);
		expect(stopped).toMatchObject({ status: 'canceled' });
		expect(stopped.ms).toBeLessThan(1_000);
		expect(stopped.description).toMatch(MAYBE);
		expect(rejections).toEqual([]);
	});

	it.each<[string, Fault, RegExp]>([
		['a wait', { path: '^/none$', status: 500 }, /\/jobs\/[^/]+$/],
		['a check without a response', { path: '^/jobs/.+', hang: 'read' }, /\/jobs\/[^/]+$/],
		['a list of failed files', { path: '/failed-files$', hang: 'read' }, /\/failed-files$/],
		['a download', { path: '/download$', bytesPerSecond: 1 }, /\/download$/],
	])('names the job when %s is stopped', async (what, fault, arrived) => {
		await node.emulator.options({ jobSeconds: /wait|check/.test(what) ? 60 : 0.3 });
		await node.emulator.faults({ method: 'GET', ...fault });
		const stopped = await stop(parameters, smallFile, 'GET', arrived);
		expect(stopped).toMatchObject({ status: 'canceled' });
		expect(stopped.ms).toBeLessThan(1_000);
		expect(stopped.description).toContain((await node.emulator.jobs())[0].id);
		expect(rejections).toEqual([]);
	});
});

it('stops the creation of a workflow', async () => {
	await node.emulator.faults({ method: 'POST', path: '/workflows/$', hang: 'handled' });
	const parameters = {
		resource: 'workflow',
		operation: 'create',
		name: 'n',
		definition: 'template',
		templateId: byId('hi_res_partition'),
	};
	const stopped = await stop(parameters, jsonItems({}), 'POST', /\/workflows\/$/);
	expect(stopped.status).toBe('canceled');
	expect(stopped.ms).toBeLessThan(1_000);
	expect(stopped.description).toContain('may have been created');
	expect(rejections).toEqual([]);
});
