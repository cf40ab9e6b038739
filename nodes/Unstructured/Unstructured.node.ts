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
import { subtitleOf } from './resources/subtitle';
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
		subtitle: subtitleOf(resources),
		description: 'Turn documents into AI-ready text and elements with Unstructured',
		defaults: { name: 'Unstructured' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["splitByStatus"] === true ? ${JSON.stringify(statusOutputs)} : ["${NodeConnectionTypes.Main}"] }}`,
		usableAsTool: {
			// Written for the model: n8n enters it as the first draft of a tool's own description.
			replacements: {
				description:
					'Read documents with Unstructured: get their text as Markdown, or the data extracted from them as JSON',
			},
		},
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

	/** Required by n8n's lint for a node with a webhook. A webhook that only resumes executions is never registered. */
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
