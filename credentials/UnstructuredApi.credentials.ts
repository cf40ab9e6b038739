import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { cleanApiKey } from '../nodes/Unstructured/transport/apiKey';

/**
 * The API key and URL of an Unstructured account. The node's `credentialTest` checks them: only code can distinguish a wrong
 * key from a malformed one, and a wrong URL from an unreachable one.
 */
export class UnstructuredApi implements ICredentialType {
	name = 'unstructuredApi';

	displayName = 'Unstructured API';

	icon: Icon = {
		light: 'file:../nodes/Unstructured/unstructured.svg',
		dark: 'file:../nodes/Unstructured/unstructured.dark.svg',
	};

	documentationUrl = 'https://docs.unstructured.io/api-reference/troubleshooting/api-key-url';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			hint: 'Copy the key and the URL from the API Keys page of <a href="https://platform.unstructured.io" target="_blank">Pipelines</a> or <a href="https://transform.unstructured.io/api-keys" target="_blank">Transform</a>',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key of your Unstructured account, from its API Keys page. A key only works with the API URL of the same page.',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			required: true,
			default: 'https://platform.unstructuredapp.io',
			description:
				'The URL on the API Keys page of your account. Pipelines calls it "Unstructured API Endpoint", and Transform calls it "API URL".',
		},
	];

	/** A function instead of n8n's `generic` rule, whose expression fails in workflows with the combined binary layout (n8n 2.41). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				'unstructured-api-key': cleanApiKey(credentials.apiKey),
			},
		};
	}
}
