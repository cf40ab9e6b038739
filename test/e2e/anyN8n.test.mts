import { closeCommonWorlds } from './support/commonWorld.mjs';

// What needs no n8n of its own. One file after the other, each of which waits for its tests.
for (const file of ['node', 'agent', 'transform', 'document', 'binaryModes', 'realFiles']) {
	await import(`./anyN8n/${file}.mjs`);
}
await closeCommonWorlds();
