import type { ServerResponse } from 'node:http';
import type { INodeExecutionData, IRun, IRunExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { serveCalls } from './calls.mjs';
import { resultOf, startEngine, type EngineResult, type EngineRun } from './engine.mjs';
import { additionalData, core, Unstructured } from './n8n.mjs';

/** A paused execution as n8n stores it. */
interface Parked {
	started: ReturnType<typeof startEngine>;
	options: EngineRun;
	/** The execution data as JSON. */
	data: string;
	resumed: (result: EngineResult) => void;
}

/**
 * n8n's part in paused executions: it stores them, receives the calls to their resume URLs, and continues them.
 * @param storing runs while n8n stores that an execution is resumed
 */
export async function openWaits(storing: () => Promise<void> = async () => {}) {
	const parked = new Map<string, Parked>();
	const type = new Unstructured();

	async function continueWith(
		{ started, options, resumed }: Parked,
		data: IRunExecutionData,
		items: INodeExecutionData[][],
	) {
		const [entry] = data.executionData!.nodeExecutionStack;
		entry.data.main = items;
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as never;
		const more = additionalData(started.executionId, options, { hooks: started.hooks });
		const execution = new core.WorkflowExecute(more, 'manual', data);
		resumed(resultOf(await execution.processRunExecutionData(started.workflow), 'Unstructured'));
	}

	/** The response of n8n if the execution no longer waits. */
	function conflict(response: ServerResponse) {
		response.writeHead(409).end();
		return { noWebhookResponse: true };
	}

	const served = await serveCalls(async ({ request, response }) => {
		const [, id = ''] = /webhook-waiting\/(\d+)/.exec(request.url ?? '') ?? [];
		const wait = parked.get(id);
		if (!wait) return conflict(response);
		const { started, options } = wait;
		const data = JSON.parse(wait.data) as IRunExecutionData;
		const context = new core.WebhookContext(
			started.workflow,
			started.workflow.getNode('Unstructured')!,
			additionalData(id, options, {
				httpRequest: request,
				httpResponse: response,
				webhookWaitingBaseUrl: `${served.url}/webhook-waiting`,
			} as never),
			'manual',
			{ webhookDescription: type.description.webhooks![0] } as never,
			[],
			data,
		) as unknown as IWebhookFunctions;
		const result = await type.webhook!.call(context);
		if (result.workflowData) {
			if (!parked.delete(id)) return conflict(response);
			await storing();
			// n8n responds once it has stored this, and does not wait for the execution's end.
			void continueWith(wait, data, result.workflowData);
		}
		return result;
	});

	return {
		close: served.close,
		/** Runs until the execution is paused or finished. */
		async start(options: EngineRun) {
			const started = startEngine({ ...options, baseUrl: served.url });
			const result = await started.done;
			let resumed: Parked['resumed'] = () => undefined;
			const done = new Promise<EngineResult>((resolve) => (resumed = resolve));
			const { waitTill, data }: IRun = result.run;
			const current = { ...options };
			if (waitTill) {
				const text = JSON.stringify(data);
				parked.set(started.executionId, { started, options: current, data: text, resumed });
			}
			return {
				...result,
				id: started.executionId,
				url: `${served.url}/webhook-waiting/${started.executionId}`,
				/** The execution after it was resumed. */
				resumed: done,
				/** Replaces the key of the credential. */
				replaceKey: (apiKey: string) => Object.assign(current, { apiKey }),
			};
		},
	};
}

export type Waits = Awaited<ReturnType<typeof openWaits>>;
