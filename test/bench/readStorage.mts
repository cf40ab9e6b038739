import { runEngine } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { byId, jobParameters } from '../support/node.mjs';

/**
 * Prints how many milliseconds n8n's storage on disk takes to return the sizes of so many files of so many bytes, and
 * their contents. Usage: node --import tsx readStorage.mts <count> <bytes>
 */
const [count = 0, bytes = 0] = process.argv.slice(2).map(Number);

await useBinaryMode('filesystem');
let ms = NaN;
await runEngine({
	parameters: jobParameters('get', { jobId: byId('none') }),
	apiUrl: 'http://localhost',
	apiKey: '',
	items: async function () {
		const read = async (id = '') => {
			const { fileSize } = await this.helpers.getBinaryMetadata(id);
			let left = fileSize;
			for await (const chunk of await this.helpers.getBinaryStream(id, fileSize + 1)) {
				left -= (chunk as Buffer).length;
			}
			if (left !== 0) throw new Error('A file was not read whole');
		};
		const ids: string[] = [];
		for (let i = 0; i < count; i++) {
			const file = await this.helpers.prepareBinaryData(Buffer.alloc(bytes), `file-${i}.bin`);
			ids.push(file.id ?? '');
		}
		await read(ids[0]);
		const began = performance.now();
		for (const id of ids) await read(id);
		ms = performance.now() - began;
		return [];
	},
});
console.log(ms);
process.exit();
