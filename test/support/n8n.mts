import { mkdtempSync, rmSync } from 'node:fs';
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
import { env, nativeRequire } from './native.mjs';

nativeRequire('reflect-metadata');
/** n8n's engine. It reads its settings when loaded, and would store them in the home folder. */
export const core = loadCore();
/** n8n's workflow model. */
export const workflowModule = nativeRequire('n8n-workflow') as typeof import('n8n-workflow');

function loadCore() {
	if (!env.N8N_USER_FOLDER?.includes('n8n-engine-')) {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
		env.N8N_USER_FOLDER = folder;
		process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	}
	env.N8N_ENCRYPTION_KEY = 'engine-under-test';
	env.N8N_LOG_LEVEL ??= 'silent';
	return nativeRequire('n8n-core') as typeof import('n8n-core');
}

// n8n-core's own copy, because another copy would not have its services.
const { Container } = nativeRequire(
	nativeRequire.resolve('@n8n/di', { paths: [nativeRequire.resolve('n8n-core')] }),
) as {
	Container: { get: <T>(type: new (...args: never[]) => T) => T };
};

// The built package, as n8n loads it.
const dist = (path: string) => nativeRequire(`../../dist/${path}`) as Record<string, unknown>;
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
	config.localStoragePath = env.N8N_USER_FOLDER!;
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
