import type { INodeParameters } from 'n8n-workflow';
import { startEmulator, type Emulator } from './emulator.mjs';
import { LOCAL_FILES } from './node.mjs';
import { openTrigger, publish, type Trigger } from './trigger.mjs';

/** The events that the trigger receives by default. */
export const FINAL = ['job.completed', 'job.failed', 'job.stopped'];

/** The status of every response to these deliveries. */
export const statuses = (deliveries: Awaited<ReturnType<Emulator['deliver']>>) =>
	deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));

/** An emulator for the tests of one file, and triggers that use it, closed after each test. */
export function useTrigger() {
	let emulator: Emulator;
	const opened: Trigger[] = [];
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	beforeEach(async () => {
		await emulator.reset({ jobSeconds: 0.3, deliverEvents: false });
	});
	afterEach(async () => {
		for (const trigger of opened.splice(0)) await trigger.close();
	});
	afterAll(() => emulator.close());

	async function open(
		parameters: INodeParameters = {},
		options: Partial<Parameters<typeof openTrigger>[0]> = {},
	) {
		const trigger = await openTrigger({
			parameters: { scope: 'workspace', events: FINAL, ...parameters },
			apiUrl: emulator.url,
			apiKey: emulator.key,
			...options,
		});
		opened.push(trigger);
		return trigger;
	}

	return {
		get emulator() {
			return emulator;
		},
		open,
		/** A trigger with a registered channel. */
		async published(...args: Parameters<typeof open>) {
			const trigger = await open(...args);
			await publish(trigger);
			const [channel] = await emulator.channels();
			return { trigger, channelId: channel.id };
		},
		/** A job that finished long ago, without events of its own. */
		async endedJob(workflowId = LOCAL_FILES) {
			const [id] = await emulator.addJobs({ count: 1, workflowId, endsIn: { first: 0, last: 0 } });
			return id;
		},
	};
}
