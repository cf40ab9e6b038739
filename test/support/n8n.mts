import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeType,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
} from 'n8n-workflow';

// n8n reads its settings when loaded, and would store them in the home folder.
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-under-test';
process.env.N8N_LOG_LEVEL ??= 'silent';
process.on('exit', () => rmSync(userFolder, { recursive: true, force: true }));

/** n8n's engine. */
export const core = await import('n8n-core');
/** n8n's workflow model. */
export const workflowModule = await import('n8n-workflow');

const require = createRequire(import.meta.url);
// n8n-core's own copy, because another copy would not have its services.
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get: <T>(type: new (...args: never[]) => T) => T };
};

// The built package, as n8n loads it.
const dist = (path: string) => require(`../../dist/${path}`) as Record<string, unknown>;
export const { Unstructured } = dist('nodes/Unstructured/Unstructured.node.js') as {
	Unstructured: new () => INodeType;
};
export const { UnstructuredTrigger } = dist('nodes/Unstructured/UnstructuredTrigger.node.js') as {
	UnstructuredTrigger: new () => INodeType;
};
export const { UnstructuredApi } = dist('credentials/UnstructuredApi.credentials.js') as {
	UnstructuredApi: new () => {
		authenticate: (
			credentials: ICredentialDataDecryptedObject,
			request: IHttpRequestOptions,
		) => Promise<IHttpRequestOptions>;
	};
};

export type BinaryMode = 'default' | 'filesystem';

/** Sets whether n8n keeps binary data in memory (`default`) or on disk. */
export async function useBinaryMode(mode: BinaryMode) {
	const config = Container.get(core.BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = userFolder;
	await Container.get(core.BinaryDataService).init();
}

/** n8n's storage of files. */
export const binaryDataService = () => Container.get(core.BinaryDataService);

/** The values of the credential. */
export interface Credential {
	apiUrl: string;
	apiKey: string;
}

const credentialType = new UnstructuredApi();

export function makeWorkflow(
	types: Record<string, INodeType>,
	nodes: INode[],
	connections: IConnections,
	settings: IWorkflowSettings,
	staticData?: IDataObject,
) {
	return new workflowModule.Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes,
		connections,
		active: false,
		settings,
		staticData,
		nodeTypes: {
			getByName: (type) => types[type],
			getByNameAndVersion: (type) => types[type],
			getKnownTypes: () => ({}),
		},
	});
}

export const makeNode = (name: string, type: string, rest: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...rest,
});

/** The data that n8n's server passes to its engine in addition to the workflow. */
export function additionalData(
	executionId: string,
	credential: Credential,
	rest: Partial<IWorkflowExecuteAdditionalData> = {},
) {
	return {
		executionId,
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		variables: {},
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: () => Promise.resolve({ ...credential }),
			getCredentials: () => Promise.resolve({ ...credential }),
			preAuthentication: () => Promise.resolve(undefined),
			// Like n8n's own CredentialsHelper for a credential that authenticates with a function.
			authenticate: (
				data: ICredentialDataDecryptedObject,
				_type: string,
				request: IHttpRequestOptions,
			) => credentialType.authenticate(data, request),
		},
		...rest,
	} as unknown as IWorkflowExecuteAdditionalData;
}
