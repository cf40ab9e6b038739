import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	NodeApiError,
	Workflow as WorkflowType,
} from 'n8n-workflow';

// n8n reads its settings when it is loaded, and would keep them in the home folder.
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-under-test';
process.on('exit', () => rmSync(userFolder, { recursive: true, force: true }));

const { BinaryDataConfig, BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } =
	await import('n8n-core');
const { NodeConnectionTypes, Workflow } = await import('n8n-workflow');

const require = createRequire(import.meta.url);
// n8n-core's own copy: another one would not know its services.
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};
// The built package, as n8n loads it.
const dist = (path: string) => require(`../../dist/${path}`) as Record<string, unknown>;
const { Unstructured } = dist('nodes/Unstructured/Unstructured.node.js') as {
	Unstructured: new () => INodeType;
};
const { UnstructuredApi } = dist('credentials/UnstructuredApi.credentials.js') as {
	UnstructuredApi: new () => ICredentialType;
};

export type BinaryMode = 'default' | 'filesystem';

/** Makes n8n keep binaries in memory (`default`) or on disk, from now on. */
export async function useBinaryMode(mode: BinaryMode) {
	const config = Container.get(BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = userFolder;
	await Container.get(BinaryDataService).init();
}

/** Gives the input items; `this` is the context of a real node, so that files go through n8n's binary storage. */
export type MakeItems = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

/** A node that gives out what the test wants, in place of a form or a mailbox. */
const source = (make: MakeItems): INodeType => ({
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [await make.call(this)];
	},
});

const credentialType = new UnstructuredApi();

/** As n8n's own CredentialsHelper does it for `generic` authentication. */
function authenticate(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	workflow: WorkflowType,
	node: INode,
): IHttpRequestOptions {
	const rules = credentialType.authenticate;
	if (!rules || typeof rules === 'function') throw new Error('Not a generic authentication');
	for (const [name, value] of Object.entries(rules.properties.headers ?? {})) {
		options.headers = {
			...options.headers,
			[name]: workflow.expression.getSimpleParameterValue(
				node,
				value as string,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			) as string,
		};
	}
	return options;
}

export interface EngineRun {
	parameters: INodeParameters;
	/** Of the credential. */
	apiUrl: string;
	apiKey: string;
	items: MakeItems;
	node?: Partial<INode>;
	settings?: IWorkflowSettings;
}

export interface EngineResult {
	run: IRun;
	/** What the node gave out, per output. */
	outputs: INodeExecutionData[][];
	/** Why the node failed, when it did. */
	error?: NodeApiError;
	/** Milliseconds that the node took. */
	ms: number;
}

const node = (name: string, type: string, rest: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...rest,
});

/** Starts Source -> Unstructured in n8n's real engine. `cancel` is what n8n's Stop button calls. */
export function startEngine(options: EngineRun): {
	done: Promise<EngineResult>;
	cancel: () => void;
} {
	const types: Record<string, INodeType> = {
		source: source(options.items),
		unstructured: new Unstructured(),
	};
	const nodes = [
		node('Source', 'source'),
		node('Unstructured', 'unstructured', {
			credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
			...options.node,
			parameters: options.parameters,
		}),
	];
	const connections = {
		Source: { main: [[{ node: 'Unstructured', type: NodeConnectionTypes.Main, index: 0 }]] },
	};
	const settings = options.settings ?? {};
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes,
		connections,
		active: false,
		settings,
		nodeTypes: {
			getByName: (type) => types[type],
			getByNameAndVersion: (type) => types[type],
			getKnownTypes: () => ({}),
		},
	});
	const executionId = String(Math.floor(Math.random() * 1e9));
	const credentials = { apiKey: options.apiKey, apiUrl: options.apiUrl };
	const additionalData = {
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
			getDecrypted: () => Promise.resolve({ ...credentials }),
			getCredentials: () => Promise.resolve({ ...credentials }),
			preAuthentication: () => Promise.resolve(undefined),
			authenticate: (
				data: ICredentialDataDecryptedObject,
				_type: string,
				request: IHttpRequestOptions,
				flow: WorkflowType,
				forNode: INode,
			) => Promise.resolve(authenticate(data, request, flow, forNode)),
		},
		hooks: new ExecutionLifecycleHooks('manual', executionId, {
			id: 'workflow-1',
			name: 'Test',
			active: false,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes,
			connections,
			settings,
			activeVersionId: null,
		}),
	} as unknown as IWorkflowExecuteAdditionalData;

	const execution = new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		startNode: workflow.getNode('Source')!,
	});
	const done = execution.then((run): EngineResult => {
		const taskData = run.data.resultData.runData.Unstructured?.at(-1);
		return {
			run,
			outputs: (taskData?.data?.main ?? []).map((output) => output ?? []),
			error: (taskData?.error ?? run.data.resultData.error) as NodeApiError | undefined,
			ms: taskData?.executionTime ?? 0,
		};
	});
	return { done, cancel: () => execution.cancel() };
}

/** Runs it to its end. */
export const runEngine = (options: EngineRun): Promise<EngineResult> => startEngine(options).done;

/** Input items with one file each, stored by n8n. */
export const filesAsItems = (
	files: Array<{ name: string; data: string | Buffer; type?: string; json?: IDataObject }>,
	field = 'data',
): MakeItems =>
	async function () {
		const items: INodeExecutionData[] = [];
		for (const { name, data, type, json = {} } of files) {
			const binary = await this.helpers.prepareBinaryData(
				Buffer.from(data),
				undefined,
				type ?? 'text/plain',
			);
			binary.fileName = name;
			items.push({ json, binary: { [field]: binary } });
		}
		return items;
	};
