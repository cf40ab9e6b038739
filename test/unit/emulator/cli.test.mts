import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const start = (env: Record<string, string>) =>
	promisify(execFile)(process.execPath, ['--import', 'tsx', 'local/emulator/main.mts'], {
		env: { ...process.env, ...env },
	});

it('says in one line that its port is taken, and ends with 1', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		await expect(start({ PORT: String(port) })).rejects.toMatchObject({
			code: 1,
			stdout: '',
			stderr: `Port ${port} is in use. Set PORT to another one, e.g. PORT=8766 npm run emulator\n`,
		});
	} finally {
		server.close();
	}
});

it.each([
	['PORT', 'http', 'PORT must be a number from 0 to 65535, not "http"'],
	['JOB_SECONDS', 'soon', 'JOB_SECONDS must be a number of seconds, not "soon"'],
	['API_KEY', 'short', 'API_KEY must be 8 or more printable characters without blanks'],
])('does not start with %s=%s', async (name, value, message) => {
	await expect(start({ [name]: value })).rejects.toMatchObject({
		code: 1,
		stdout: '',
		stderr: `${message}\n`,
	});
});
