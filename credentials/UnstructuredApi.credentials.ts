import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

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
				'The key shown on the API Keys page of your Unstructured account. Keys of the Partition Endpoint and of Transform do not work here',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			required: true,
			default: 'https://platform.unstructuredapp.io',
			description:
				'The "Unstructured API Endpoint" shown on the API Keys page, with or without "/api/v1". Change it only if your account shows another one',
		},
	];

	/** Code, not n8n's `generic` rule: its expression fails in workflows with the combined binary layout (n8n 2.41). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const key = String(credentials.apiKey ?? '').trim();
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, 'unstructured-api-key': key },
		};
	}
}
