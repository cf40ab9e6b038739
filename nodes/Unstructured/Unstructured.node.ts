import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { STATUS_OUTPUTS } from './api/jobStatus';
import { withToolFields } from './fields/toolFields';
import { resume } from './jobs/wait/resume';
import { searchChannels } from './listSearch/searchChannels';
import {
	searchDestinations,
	searchDestinationsOrNone,
	searchSources,
	searchSourcesOrNone,
} from './listSearch/searchConnectors';
import { searchTemplates } from './listSearch/searchTemplates';
import { searchWorkflows } from './listSearch/searchWorkflows';
import { resources, resourceSelector } from './resources';
import { route } from './router';
import { testCredential } from './transport/testCredential';

const statusOutputs = STATUS_OUTPUTS.map(({ name }) => ({
	type: NodeConnectionTypes.Main,
	displayName: name,
}));

export class Unstructured implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Unstructured',
		name: 'unstructured',
		icon: { light: 'file:unstructured.svg', dark: 'file:unstructured.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Turn documents into text and elements: run Unstructured workflows on files, and work with their jobs',
		defaults: { name: 'Unstructured' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["splitByStatus"] === true ? ${JSON.stringify(statusOutputs)} : ["${NodeConnectionTypes.Main}"] }}`,
		usableAsTool: true,
		credentials: [{ name: 'unstructuredApi', required: true, testedBy: 'unstructuredApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: '',
				isFullPath: true,
				restartWebhook: true,
			},
		],
		properties: withToolFields([
			resourceSelector,
			...resources.flatMap(({ properties }) => properties),
		]),
	};

	methods = {
		credentialTest: { unstructuredApiTest: testCredential },
		listSearch: {
			searchChannels,
			searchDestinations,
			searchDestinationsOrNone,
			searchSources,
			searchSourcesOrNone,
			searchTemplates,
			searchWorkflows,
		},
	};

	/** n8n's rules want these of a node with a webhook. One that only resumes an execution is never registered. */
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await resume(this);
	}

	async execute(this: IExecuteFunctions) {
		return await route(this);
	}
}
