import { setTimeout as delay } from 'node:timers/promises';
import { runEngine } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { byId } from '../support/node.mjs';

/**
 * Uploads files that n8n keeps in memory, in a process that has uploaded a small one before, and prints by how many
 * bytes its resident memory grew beyond them. Usage: node --expose-gc --import tsx memoryMode.mts <API URL> <bytes> <count>
 */
const [apiUrl = '', bytes = '', count = ''] = process.argv.slice(2);

await useBinaryMode('default');
let before = 0;
let peak = 0;

async function upload(size: number, times: number) {
	const { error } = await runEngine({
		parameters: { resource: 'workflow', operation: 'run', workflowId: byId('bench') },
		apiUrl,
		apiKey: 'bench-key-0123456789',
		items: async function () {
			const items = [];
			for (let i = 0; i < times; i++) {
				const content = Buffer.alloc(size, 'unstructured');
				const file = await this.helpers.prepareBinaryData(content, `file-${i}.bin`);
				items.push({ json: {}, binary: { data: file } });
			}
			// The memory that created the files is freed a little later.
			global.gc?.();
			await delay(500);
			global.gc?.();
			before = process.memoryUsage.rss();
			peak = before;
			return items;
		},
	});
	if (error) throw error;
}

await upload(1024, 1);
const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
const timer = setInterval(look, 10);
await upload(Number(bytes), Number(count));
look();
clearInterval(timer);
console.log(peak - before);
process.exit();
