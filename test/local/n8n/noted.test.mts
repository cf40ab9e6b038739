import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { endNotedProcess, noteProcess } from '../../../local/n8n/noted.mjs';

let folder: string;
let left: ChildProcess;
const print = jest.fn();

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'noted-'));
	// A process group of its own, as n8n is.
	left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
	await once(left, 'spawn');
	print.mockClear();
});
afterEach(async () => {
	left.kill('SIGKILL');
	await rm(folder, { recursive: true });
});

const note = () => join(folder, 'n8n.pid.json');
const isRunning = () => left.exitCode === null && left.signalCode === null;

it('stops the process that an earlier start left running, and forgets it', async () => {
	await noteProcess(folder, left.pid!);
	expect((await stat(note())).mode & 0o777).toBe(0o600);
	const ended = once(left, 'exit');
	await endNotedProcess(folder, print);
	await ended;
	expect(print).toHaveBeenCalledTimes(1);
	await expect(stat(note())).rejects.toThrow('ENOENT');
});

it('keeps another process that has the same number by now', async () => {
	await noteProcess(folder, left.pid!);
	const { pid } = JSON.parse(await readFile(note(), 'utf8')) as { pid: number };
	await writeFile(note(), JSON.stringify({ pid, started: 'Mon Jan  5 10:00:00 2026' }));
	await endNotedProcess(folder, print);
	expect(isRunning()).toBe(true);
	expect(print).not.toHaveBeenCalled();
});

it('names a process if the system does not confirm that it is the saved one', async () => {
	await writeFile(note(), JSON.stringify({ pid: left.pid, started: '' }));
	await expect(endNotedProcess(folder, print)).rejects.toThrow(`Stop the process ${left.pid}`);
	expect(isRunning()).toBe(true);
});

it.each(['', 'no JSON', JSON.stringify({ pid: 2 ** 22 + 1, started: 'x' })])(
	'continues if there is no such process: %j',
	async (text) => {
		if (text) await writeFile(note(), text);
		await endNotedProcess(folder, print);
		expect(print).not.toHaveBeenCalled();
	},
);
