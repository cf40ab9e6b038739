import { test } from 'node:test';
import { controlEmulator } from '../support/emulator.mjs';
import { killedDocument } from './queue/killedDocument.mjs';
import { killedRuns } from './queue/killedRuns.mjs';
import { openQueue } from './support/queue.mjs';

const queue = await openQueue();

await test('queue mode: a worker is killed during Document: Parse', (t) =>
	killedDocument(t, queue));

await controlEmulator(queue.world.emulator.url).reset();
await queue.replaceKilled();

await test('queue mode: one of two workers is killed during 200 executions', (t) =>
	killedRuns(t, queue));

await queue.close();
