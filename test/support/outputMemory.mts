import { runEngine } from './engine.mjs';
import { useBinaryMode } from './n8n.mjs';
import { jobParameters, jsonItems } from './node.mjs';

/**
 * Gets the output of a job in n8n's engine, in a process that has got a small one before, and prints the measurements
 * as JSON. Usage: node --expose-gc --import tsx outputMemory.mts <API URL> <job ID> <output format>
 */
const [apiUrl = '', id = '', outputFormat = ''] = process.argv.slice(2);

export interface Taken {
	items: number;
	/** The milliseconds that the node took. */
	ms: number;
	/** The bytes by which the peak resident memory of the process grew. */
	growth: number;
	/** The heap bytes of the items themselves. */
	kept: number;
}

const getOutput = (jobId: string) =>
	runEngine({
		parameters: jobParameters('getOutput', { outputFormat }),
		apiUrl,
		apiKey: 'output-key-0123456789',
		items: jsonItems({ id: jobId }),
	});

function heapBytes() {
	global.gc?.();
	return process.memoryUsage().heapUsed;
}

await useBinaryMode('filesystem');
await getOutput('little');
const heap = heapBytes();
const before = process.memoryUsage.rss();
let peak = before;
const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
const timer = setInterval(look, 10);
const { error, outputs, ms } = await getOutput(id);
look();
clearInterval(timer);
if (error) throw error;
const taken: Taken = {
	items: outputs[0].length,
	ms,
	growth: peak - before,
	kept: heapBytes() - heap,
};
console.log(JSON.stringify(taken));
process.exit();
