import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWorkflowSettings,
	NodeApiError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	additionalData,
	core,
	makeNode,
	makeWorkflow,
	Unstructured,
	workflowModule,
	type Credential,
} from './n8n.mjs';

/** Returns the input items. `this` is the context of a real node, so files go through n8n's binary storage. */
export type MakeItems = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

const { Main } = workflowModule.NodeConnectionTypes;

/** A node that returns the items of the test, instead of a form or a mailbox. */
const source = (make: MakeItems): INodeType => ({
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: [],
		outputs: [Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [await make.call(this)];
	},
});

/** The node as an AI agent's tool: n8n registers it once more, under a name that ends in "Tool". */
function tool(): INodeType {
	const node = new Unstructured();
	node.description = { ...node.description, name: `${node.description.name}Tool` };
	return node;
}

/** A node of the chain. */
export interface Step {
	name: string;
	parameters: INodeParameters;
}

export interface EngineRun extends Credential {
	/** The parameters of the only node, `Unstructured`, or of several nodes in a chain. */
	parameters: INodeParameters | Step[];
	items: MakeItems;
	node?: Partial<INode>;
	settings?: IWorkflowSettings;
	/** The mode of the execution. By default, a user started it in the editor. */
	mode?: WorkflowExecuteMode;
	/** The URL of n8n for its webhooks. A local URL by default. */
	baseUrl?: string;
}

export interface EngineResult {
	run: IRun;
	/** The items that the node, or the last one of a chain, returned per output. */
	outputs: INodeExecutionData[][];
	/** The error of the node, if it failed. */
	error?: NodeApiError;
	/** The milliseconds that the node took. */
	ms: number;
}

export function resultOf(run: IRun, name: string): EngineResult {
	const taskData = run.data.resultData.runData[name]?.at(-1);
	return {
		run,
		outputs: (taskData?.data?.main ?? []).map((output) => output ?? []),
		error: (taskData?.error ?? run.data.resultData.error) as NodeApiError | undefined,
		ms: taskData?.executionTime ?? 0,
	};
}

/** Starts Source -> Unstructured, or Source -> each step of a chain, in n8n's real engine. `cancel` is what n8n's Stop button calls. */
export function startEngine(options: EngineRun): {
	done: Promise<EngineResult>;
	cancel: () => void;
	executionId: string;
	workflow: ReturnType<typeof makeWorkflow>;
	hooks: InstanceType<typeof core.ExecutionLifecycleHooks>;
} {
	const { parameters, items, settings = {}, mode = 'manual', apiKey, apiUrl, baseUrl } = options;
	const types = {
		source: source(items),
		unstructured: new Unstructured(),
		unstructuredTool: tool(),
	};
	const steps = Array.isArray(parameters) ? parameters : [{ name: 'Unstructured', parameters }];
	const nodes = [
		makeNode('Source', 'source'),
		...steps.map((step) =>
			makeNode(step.name, 'unstructured', {
				credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
				...options.node,
				parameters: step.parameters,
			}),
		),
	];
	const connections = Object.fromEntries(
		steps.map(({ name }, i) => [nodes[i].name, { main: [[{ node: name, type: Main, index: 0 }]] }]),
	);
	const workflow = makeWorkflow(types, nodes, connections, settings);
	const executionId = String(Math.floor(Math.random() * 1e9));
	const hooks = new core.ExecutionLifecycleHooks(mode, executionId, {
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
	});
	const execution = new core.WorkflowExecute(
		additionalData(
			executionId,
			{ apiKey, apiUrl },
			{ hooks, ...(baseUrl && { webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting` }) },
		),
		mode,
	).run({ workflow, startNode: workflow.getNode('Source') ?? undefined });
	return {
		done: execution.then((run) => resultOf(run, nodes.at(-1)!.name)),
		cancel: () => execution.cancel(),
		executionId,
		workflow,
		hooks,
	};
}

/** Runs the workflow until it finishes. */
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
