import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { runEngine } from '../support/engine.mjs';
import { byId, jobParameters, jsonItems, LOCAL_FILES } from '../support/node.mjs';
import { startTransformServer } from '../support/transformServer.mjs';
import { openTrigger, publish } from '../support/trigger.mjs';

// The receivers of job events, on an account without events.

const MESSAGE = 'Job events and notification channels are only available in Unstructured Pipelines';

let emulator: Emulator;
let account: Awaited<ReturnType<typeof startTransformServer>>;
beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(async () => {
	await emulator.reset();
	account = await startTransformServer(emulator.url);
});
afterEach(() => account.close());
afterAll(() => emulator.close());

const credential = () => ({ apiUrl: account.url, apiKey: emulator.key });

/** Checks that no missing route is called a second time. */
const expectEachCalledOnce = () => expect(account.absent).toEqual([...new Set(account.absent)]);

it.each([
	['workspace', {}],
	['workflow', { workflowId: byId(LOCAL_FILES) }],
])('the trigger of a %s names the product with events and the alternative', async (scope, rest) => {
	const parameters = { scope, events: ['job.completed'], ...rest };
	const trigger = await openTrigger({ parameters, ...credential() });
	await expect(publish(trigger)).rejects.toMatchObject({
		message: MESSAGE,
		description: expect.stringMatching(/Schedule Trigger/) as string,
	});
	expectEachCalledOnce();
	await trigger.close();
});

it('waiting by webhook fails each item with the same explanation, without a pause', async () => {
	const ids = await emulator.addJobs({ count: 2, endsIn: { first: 3_600, last: 3_600 } });
	const { outputs, run } = await runEngine({
		...credential(),
		node: { onError: 'continueErrorOutput' },
		parameters: jobParameters('wait', {
			jobId: '={{ $json.id }}',
			options: { waitVia: 'webhook', timeout: 60 },
		}),
		items: jsonItems(...ids.map((id) => ({ id }))),
	});
	expect(run.waitTill).toBeUndefined();
	expect(outputs[1].map(({ json }) => json.error)).toEqual([MESSAGE, MESSAGE]);
	expectEachCalledOnce();
});
