import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleFiles } from '../../local/n8n/examples.mjs';
import { aiExamples } from './examples/ai.mjs';
import { emailExamples } from './examples/emails.mjs';
import { failureExamples } from './examples/failures.mjs';
import { jobExamples } from './examples/jobs.mjs';
import { resultExamples } from './examples/results.mjs';
import { openExampleWorld } from './support/exampleWorld.mjs';

const world = await openExampleWorld();

// The first one imports the examples that start jobs for others.
await test('examples that branch on the status of a job', (t) => jobExamples(t, world));
await test('examples that read emails', (t) => emailExamples(t, world));
await test('examples with vector stores and an AI Agent', (t) => aiExamples(t, world));
await test('examples that store results', (t) => resultExamples(t, world));
await test('examples that report failures', (t) => failureExamples(t, world));

await test('every example is tested', async () => {
	assert.deepEqual([...world.loaded].sort(), (await exampleFiles()).sort());
});

await world.close();
