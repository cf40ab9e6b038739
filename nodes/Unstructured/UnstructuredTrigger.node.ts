import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { eventsField, scopeFields } from './fields/channel';
import { optionsField } from './fields/list';
import { searchWorkflows } from './listSearch/searchWorkflows';
import { testCredential } from './transport/testCredential';
import { dropRepeats } from './trigger/dropRepeats';
import { onJobEvent } from './trigger/onJobEvent';
import { fetchJobField } from './trigger/parameters';
import { isRegistered, register, unregister } from './trigger/registration';

export class UnstructuredTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Unstructured Trigger',
		name: 'unstructuredTrigger',
		icon: { light: 'file:unstructured.svg', dark: 'file:unstructured.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$parameter["events"]].flat().join(", ").replaceAll("job.", "").replaceAll("_", " ") }}',
		// n8n's panel shows one entry for both nodes, with this text.
		description: 'Turn documents into AI-ready text and elements with Unstructured',
		eventTriggerDescription: 'Waiting for an Unstructured job event',
		activationMessage: 'Unstructured job events will now start this workflow.',
		defaults: { name: 'Unstructured Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'unstructuredApi', required: true, testedBy: 'unstructuredApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName:
					'Unstructured needs a public HTTPS URL to send events to n8n. If your n8n has none, use the example <a href="https://github.com/n8n-nodes-unstructured/n8n-nodes-unstructured/blob/main/examples/poll-for-new-jobs.json" target="_blank">Poll for new jobs</a> instead.',
				name: 'publicUrlNotice',
				type: 'notice',
				default: '',
			},
			...scopeFields,
			eventsField,
			optionsField(fetchJobField),
		],
	};

	methods = {
		credentialTest: { unstructuredApiTest: testCredential },
		listSearch: { searchWorkflows },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions) {
				return await register(this);
			},
			async delete(this: IHookFunctions) {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await onJobEvent(this);
	}
	async execute(this: IExecuteFunctions) {
		return await dropRepeats(this);
	}
}
