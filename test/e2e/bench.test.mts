import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execa } from 'execa';
import { REPOSITORY } from '../../local/n8n/paths.mjs';

/** Seconds are printed but not checked, because a machine may be busy. */
await test('the short form of npm run bench keeps every count and memory within its goal', async () => {
	const bench = execa('npm', ['run', 'bench', '--', '--short'], {
		cwd: REPOSITORY,
		all: true,
		reject: false,
	});
	bench.all.pipe(process.stdout);
	const { all, exitCode } = await bench;
	assert.match(all, /\| growth to 256 MiB, at any point: growth of peak memory \|/);
	assert.equal(exitCode, 0);
});
