import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from './emulator.mjs';
import { filesAsItems, runEngine } from './engine.mjs';
import { useBinaryMode } from './n8n.mjs';
import { byId, jobParameters, jsonItems, runParameters } from './node.mjs';

/**
 * Performs so many runs, each with a wait, and Document: Parse in between, in n8n's engine in this process, and prints the
 * remaining resources as JSON. Usage: node --expose-gc --import tsx soak.mts <count> <minutes>; it runs until both are
 * reached.
 */
const [count = 100, minutes = 0] = process.argv.slice(2).map(Number);
const AT_ONCE = 10;
/** The number of warm-up runs, because the first runs of a process load modules. */
const WARM_UP = 50;

export interface Soaked {
	runs: number;
	waits: number;
	/** The number of files that Document: Parse returned as text. */
	parses: number;
	failures: string[];
	/** The number of jobs on the server that the runs started. */
	jobs: number;
	/** The growth of the heap in bytes since the warm-up. */
	heap: number;
	/** The growth of open files, timers, and connections since the start. */
	files: number;
	resources: number;
	/** The warnings of Node.js, such as accumulated listeners, and unhandled rejections. */
	warnings: string[];
}

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message}`));
process.on('unhandledRejection', (reason) => warnings.push(`Unhandled: ${String(reason)}`));

const emulator = await startEmulator();
await emulator.reset({ jobSeconds: 0 });
await useBinaryMode('filesystem');
const failures: string[] = [];
let runs = 0;
let waits = 0;
let parses = 0;

const credential = { apiUrl: emulator.url, apiKey: emulator.key };
const note = (message: string | undefined) => message && failures.push(message);

async function runAndWait(workflowId: string) {
	const { error, outputs } = await runEngine({
		...credential,
		parameters: runParameters({ workflowId: byId(workflowId), options: { ifActive: 'wait' } }),
		items: filesAsItems([{ name: 'a.txt', data: 'a'.repeat(1_000) }]),
	});
	runs++;
	if (error) return void note(error.message);
	const waited = await runEngine({
		...credential,
		parameters: jobParameters('wait'),
		items: jsonItems({ id: outputs[0][0].json.id }),
	});
	waits++;
	note(waited.error?.message);
}

async function parse(workflowId: string) {
	const { error, outputs } = await runEngine({
		...credential,
		parameters: {
			resource: 'document',
			operation: 'parse',
			processing: 'workflow',
			workflowId: byId(workflowId),
			options: { ifActive: 'wait', pollInterval: 0.1 },
		},
		items: filesAsItems([{ name: 'a.txt', data: 'a'.repeat(1_000) }]),
	});
	parses++;
	note(error?.message ?? (outputs[0][0].json.text ? undefined : 'There is no text'));
}

async function soak(most: number, until: number) {
	const workflows = await emulator.addManyWorkflows(AT_ONCE);
	let begun = 0;
	const work = async ({ id }: { id: string }) => {
		while (begun < most || Date.now() < until) {
			begun++;
			await (begun % 3 === 0 ? parse(id) : runAndWait(id));
		}
	};
	await Promise.all(workflows.map(work));
}

/** Waits for everything that finishes by itself, and returns the remaining resources. */
async function look() {
	await delay(6_000);
	for (let i = 0; i < 3; i++) global.gc?.();
	return {
		heap: process.memoryUsage().heapUsed,
		files: readdirSync('/dev/fd').length,
		resources: process.getActiveResourcesInfo().length,
	};
}

await soak(WARM_UP, 0);
const jobsBefore = (await emulator.jobs()).length;
const runsBefore = runs;
const waitsBefore = waits;
const parsesBefore = parses;
const before = await look();
await soak(count, Date.now() + minutes * 60_000);
const jobs = (await emulator.jobs()).length - jobsBefore;
const after = await look();
const soaked: Soaked = {
	runs: runs - runsBefore,
	waits: waits - waitsBefore,
	parses: parses - parsesBefore,
	failures: failures.slice(0, 10),
	jobs,
	heap: after.heap - before.heap,
	files: after.files - before.files,
	resources: after.resources - before.resources,
	warnings,
};
console.log(JSON.stringify(soaked));
await emulator.close();
process.exit();
