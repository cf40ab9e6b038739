import { Readable } from 'node:stream';
import { runEngine } from './engine.mjs';
import { useBinaryMode } from './n8n.mjs';
import { runParameters } from './node.mjs';

/**
 * Uploads one file from n8n's storage on disk, and prints by how many MiB the resident memory of this process grew.
 * Usage: tsx uploadMemory.mts <API URL> <key> <MiB>
 */
const [apiUrl = '', apiKey = '', mib = '1'] = process.argv.slice(2);
const MIB = 1024 * 1024;

function* content() {
	const chunk = Buffer.alloc(MIB, 'unstructured');
	for (let i = 0; i < Number(mib); i++) yield chunk;
}

await useBinaryMode('filesystem');
let before = 0;
let peak = 0;
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
const { error } = await runEngine({
	parameters: runParameters(),
	apiUrl,
	apiKey,
	items: async function () {
		const file = await this.helpers.prepareBinaryData(Readable.from(content()), 'big.bin');
		before = process.memoryUsage.rss();
		peak = before;
		return [{ json: {}, binary: { data: file } }];
	},
});
clearInterval(timer);
if (error) throw error;
console.log((peak - before) / MIB);
process.exit();
