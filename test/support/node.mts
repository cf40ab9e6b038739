import type { INodeParameters } from 'n8n-workflow';
import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
import { startEmulator, type Emulator } from './emulator.mjs';
import { runEngine, startEngine, type EngineRun, type MakeItems } from './engine.mjs';

export const LOCAL_FILES = SEEDED.localFiles;
export const BUCKET = SEEDED.bucketToPinecone;

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Workflow: Run with the parameters of a new node and a test's changes. Polls fast. */
export const runParameters = (changes: INodeParameters = {}): INodeParameters => ({
	resource: 'workflow',
	operation: 'run',
	workflowId: byId(LOCAL_FILES),
	...changes,
	options: { pollInterval: 0.1, ...(changes.options as INodeParameters) },
});

export const jobParameters = (
	operation: string,
	changes: INodeParameters = {},
): INodeParameters => ({
	resource: 'job',
	operation,
	...changes,
	options: { pollInterval: 0.1, ...(changes.options as INodeParameters) },
});

/** An emulator for the tests of one file, and the node that calls it. */
export function useNode() {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	beforeEach(async () => {
		await emulator.reset({ jobSeconds: 0.3 });
	});
	afterAll(async () => {
		await emulator.close();
	});
	const options = (
		parameters: EngineRun['parameters'],
		items: MakeItems,
		rest: Partial<EngineRun> = {},
	): EngineRun => ({ parameters, items, apiUrl: emulator.url, apiKey: emulator.key, ...rest });
	return {
		get emulator() {
			return emulator;
		},
		run: (...args: Parameters<typeof options>) => runEngine(options(...args)),
		start: (...args: Parameters<typeof options>) => startEngine(options(...args)),
	};
}

/** Input items that contain only JSON. */
export const jsonItems = (...json: Array<Record<string, unknown>>): MakeItems =>
	function () {
		return Promise.resolve(json.map((one) => ({ json: one as INodeParameters })));
	};

/** 'On Error' set to 'Continue', as in the node's settings. */
export const goOn = { node: { onError: 'continueRegularOutput' as const } };
