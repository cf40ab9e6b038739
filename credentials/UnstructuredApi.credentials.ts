import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { cleanApiKey } from '../nodes/Unstructured/transport/apiKey';

/**
 * The key and address of an Unstructured account. The node's `credentialTest` checks it, because only
 * code can tell a wrong key from a malformed one and a wrong address from an unreachable one.
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
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key of your Pipelines or Transform account, as its API Keys page shows it. A key works only with the API URL next to it.',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			required: true,
			default: 'https://platform.unstructuredapp.io',
			description:
				'The URL on the API Keys page. Pipelines calls it "Unstructured API Endpoint". Transform (https://transform.unstructured.io/api-keys) calls it "API URL".',
		},
	];

	/** Code, not n8n's `generic` rule: its expression fails in workflows with the combined binary layout (n8n 2.41). */
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
