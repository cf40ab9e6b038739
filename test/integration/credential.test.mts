import { filesAsItems } from '../support/engine.mjs';
import { runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a'.repeat(300_000) }]);

describe('the credential', () => {
	const credential = (apiUrl: string, apiKey = node.emulator.key) =>
		node.run(runParameters(), oneFile, { apiUrl, apiKey });

	it.each([
		['unknown-key-0123456789', 'Unstructured did not recognize this API key'],
		['short', 'The API key is not a valid Unstructured key'],
	])('is rejected with the key %s', async (apiKey, message) => {
		const { error } = await credential(node.emulator.url, apiKey);
		expect(error?.message).toBe(message);
		expect(JSON.stringify(error)).not.toContain(apiKey);
		// One read, no upload, and no retry.
		expect(await node.emulator.requests()).toHaveLength(1);
	});

	it('sends nothing over plain HTTP to another machine', async () => {
		const { error } = await credential('http://unstructured.example');
		expect(error?.message).toBe('The API URL must start with https://, but it starts with http://');
	});

	it('reports a host that does not respond', async () => {
		const { error } = await credential('http://127.0.0.1:9');
		expect(error?.message).toBe('Could not connect to 127.0.0.1:9');
	});

	it('reports a path that is not the API', async () => {
		const { error } = await credential(`${node.emulator.url}/elsewhere`);
		expect(error?.message).toBe('Nothing was found at the API URL');
	});

	it.each(['/', '/api/v1', '/api/v1/'])('accepts a URL ending in %s', async (ending) => {
		const { outputs } = await credential(`${node.emulator.url}${ending}`);
		expect(outputs[0]).toHaveLength(1);
	});
});
