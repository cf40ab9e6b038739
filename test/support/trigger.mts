import type { IDataObject, INodeParameters, IWebhookFunctions } from 'n8n-workflow';
import { serveCalls } from './calls.mjs';
import {
	additionalData,
	core,
	makeNode,
	makeWorkflow,
	UnstructuredTrigger,
	type Credential,
} from './n8n.mjs';

interface Options extends Credential {
	parameters?: INodeParameters;
	/** Of another n8n, which shares the trigger's static data: after a restart, or beside it. */
	staticData?: string;
	/** The URL that n8n uses for itself, the real one by default. */
	webhookUrl?: string;
	nodeId?: string;
}

type Lifecycle = 'checkExists' | 'create' | 'delete';

/** The trigger as n8n has it: its contexts, and static data that is read for each call and written after it. */
export async function openTrigger(options: Options) {
	const { parameters = {}, apiUrl } = options;
	let { apiKey } = options;
	const type = new UnstructuredTrigger();
	let staticData = options.staticData ?? '{}';
	const items: IDataObject[] = [];
	let storeFailures = 0;
	const node = makeNode('Trigger', 'trigger', {
		id: options.nodeId ?? 'Trigger',
		webhookId: 'hook',
		credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
	});

	/** A workflow with the static data as it was last written, and what writes it. */
	function load() {
		// n8n fills in the defaults of the parameters that a saved workflow omits.
		const current = { ...node, parameters: structuredClone(parameters) };
		const data = JSON.parse(staticData) as IDataObject;
		const workflow = makeWorkflow({ trigger: type }, [current], {}, {}, data);
		const save = () => {
			if (workflow.staticData.__dataChanged) staticData = JSON.stringify(workflow.staticData);
		};
		return { workflow, node: workflow.getNode('Trigger')!, save };
	}

	const served = await serveCalls(async ({ request, response }) => {
		const { workflow, node: current, save } = load();
		const context = new core.WebhookContext(
			workflow,
			current,
			additionalData('1', { apiUrl, apiKey }, {
				httpRequest: request,
				httpResponse: response,
			} as never),
			'webhook',
			{ webhookDescription: type.description.webhooks![0] } as never,
			[],
			null,
		) as unknown as IWebhookFunctions;
		const result = await type.webhook!.call(context);
		if (result.workflowData) {
			if (storeFailures > 0) {
				storeFailures -= 1;
				throw new Error('The execution could not be stored');
			}
			for (const { json } of result.workflowData[0]) items.push(json);
			// n8n 2 makes the execution's workflow of the same static data, and answers after that.
			workflow.staticData.__dataChanged = false;
		}
		const webhookResponse: unknown = result.webhookResponse;
		save();
		return { noWebhookResponse: result.noWebhookResponse, webhookResponse };
	});

	return {
		url: `${served.url}/hook/webhook`,
		/** What started an execution, in order. */
		items,
		get staticData() {
			return staticData;
		},
		close: served.close,
		/** What n8n does at the end of an execution that has changed static data: it stores what it read at the start. */
		setBack(earlier: string) {
			staticData = earlier;
		},
		/** The credential has another key from now on. */
		replaceKey(newKey: string) {
			apiKey = newKey;
		},
		/** From now on n8n can't store this many executions. */
		failToStore(count: number) {
			storeFailures = count;
		},
		/** What n8n does when the workflow is published or no longer. */
		async lifecycle(step: Lifecycle): Promise<boolean> {
			const { workflow, node: current, save } = load();
			const base = options.webhookUrl ?? served.url;
			const data = additionalData('1', { apiUrl, apiKey }, { webhookBaseUrl: base });
			const context = new core.HookContext(workflow, current, data, 'trigger', 'activate');
			const done = await type.webhookMethods!.default![step].call(context as never);
			save();
			return done;
		},
	};
}

export type Trigger = Awaited<ReturnType<typeof openTrigger>>;

/** Publishes the trigger as n8n does: registers the channel unless it is there. */
export async function publish(trigger: Trigger): Promise<void> {
	if (!(await trigger.lifecycle('checkExists'))) await trigger.lifecycle('create');
}
