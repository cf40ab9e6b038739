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
	/** The static data of another n8n process with the same trigger, after a restart or in parallel. */
	staticData?: string;
	/** The URL that n8n uses for itself. The real one by default. */
	webhookUrl?: string;
	nodeId?: string;
}

type Lifecycle = 'checkExists' | 'create' | 'delete';

/** The trigger as in n8n: its contexts, and static data that is read for each call and written after the call. */
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

	/** A workflow with the static data as last written, and a function that writes the data. */
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
			// n8n 2 creates the execution's workflow with the same static data, and responds after that.
			workflow.staticData.__dataChanged = false;
		}
		const webhookResponse: unknown = result.webhookResponse;
		save();
		return { noWebhookResponse: result.noWebhookResponse, webhookResponse };
	});

	return {
		url: `${served.url}/hook/webhook`,
		/** The items that started executions, in order. */
		items,
		get staticData() {
			return staticData;
		},
		close: served.close,
		/** Resets static data, as n8n does after an execution that has changed the data: n8n stores the data read at the start. */
		setBack(earlier: string) {
			staticData = earlier;
		},
		/** Replaces the key of the credential. */
		replaceKey(newKey: string) {
			apiKey = newKey;
		},
		/** Lets n8n fail to store this many further executions. */
		failToStore(count: number) {
			storeFailures = count;
		},
		/** The calls that n8n makes when the workflow is published or unpublished. */
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

/** Publishes the trigger like n8n: registers the channel unless it exists. */
export async function publish(trigger: Trigger): Promise<void> {
	if (!(await trigger.lifecycle('checkExists'))) await trigger.lifecycle('create');
}
