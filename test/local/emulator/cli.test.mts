import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { readSettings } from '../../../local/emulator/settings.mjs';

const start = (env: Record<string, string>) =>
	promisify(execFile)(process.execPath, ['--import', 'tsx', 'local/emulator/main.mts'], {
		env: { ...process.env, ...env },
	});

it('prints one line if its port is in use, and exits with 1', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		await expect(start({ PORT: String(port) })).rejects.toMatchObject({
			code: 1,
			stdout: '',
			stderr: `Port ${port} is in use. Set PORT to another one, for example: PORT=8766 npm run emulator\n`,
		});
	} finally {
		server.close();
	}
});

it('prints one line for an invalid setting', async () => {
	await expect(start({ PORT: 'http' })).rejects.toMatchObject({
		code: 1,
		stdout: '',
		stderr: 'PORT must be a number from 0 to 65535, not "http"\n',
	});
});

it.each([
	['PORT', '70000', 'PORT must be a number from 0 to 65535, not "70000"'],
	['JOB_SECONDS', 'soon', 'JOB_SECONDS must be a number of seconds, not "soon"'],
	['PRODUCT', 'extract', 'PRODUCT must be pipelines or transform, not "extract"'],
	['API_KEY', 'short', 'API_KEY must have at least 8 printable characters and no spaces'],
])('does not start with %s=%s', (name, value, message) => {
	expect(() => readSettings({ [name]: value })).toThrow(message);
});

it('reads its settings from the environment, with defaults', () => {
	expect(readSettings({})).toEqual({
		port: 8765,
		product: 'pipelines',
		key: 'unstructured-emulator-key',
		jobSeconds: 2,
	});
	const env = { PORT: '0', PRODUCT: 'transform', API_KEY: 'another-key', JOB_SECONDS: '0.5' };
	expect(readSettings(env)).toEqual({
		port: 0,
		product: 'transform',
		key: 'another-key',
		jobSeconds: 0.5,
	});
	expect(readSettings({ PRODUCT: 'transform' }).key).toBe('unstructured-emulator-transform-key');
});
