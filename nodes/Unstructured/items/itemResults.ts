import {
	NodeApiError,
	NodeOperationError,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { outputIndex, STATUS_OUTPUTS } from '../api/jobStatus';
import { cancelSignal } from '../transport/cancel';
import { maskSecrets } from '../transport/secrets';
import { joinSentences } from '../transport/sentences';

const FAILED_OUTPUT = 1;

const paired = (from: number[]) =>
	from.length === 1 ? { item: from[0]! } : from.map((item) => ({ item }));

/** The JSON of a failed item. n8n moves an item to the error output only if it has no other keys. */
export function failureJson({ message, description }: NodeApiError | NodeOperationError) {
	const json: IDataObject = { error: message };
	if (description) json.details = description;
	return json;
}

/**
 * Collects the output of an operation: items paired with their input items, and failures. The only place that handles
 * "Continue on Fail".
 */
export class ItemResults {
	/** Items by output and first input item, so they keep the order of the input. */
	private readonly outputs: INodeExecutionData[][][];

	private readonly started: string[] = [];

	/** @param splitByStatus four outputs, as in `STATUS_OUTPUTS`, instead of one */
	constructor(
		private readonly ctx: IExecuteFunctions,
		readonly splitByStatus: boolean,
	) {
		this.outputs = splitByStatus ? STATUS_OUTPUTS.map(() => []) : [[]];
	}

	private push(output: number, order: number, item: INodeExecutionData) {
		const items = this.outputs[output]!;
		(items[order] ??= []).push(item);
	}

	/** Adds an output item that came from these input items. */
	add(
		from: number[],
		json: IDataObject,
		{ output = 0, binary }: { output?: number; binary?: IBinaryKeyData } = {},
	) {
		this.push(output, from[0]!, { json, pairedItem: paired(from), ...(binary && { binary }) });
	}

	/** Adds many output items that came from these input items. Sets `pairedItem` in place: copies would cost memory. */
	addAll(from: number[], items: INodeExecutionData[]) {
		const pairedItem = paired(from);
		for (const item of items) {
			item.pairedItem = pairedItem;
			this.push(0, from[0]!, item);
		}
	}

	/** Adds a job, on the output of its status if there are several outputs. */
	addJob(from: number[], job: IDataObject) {
		this.add(from, job, { output: this.splitByStatus ? outputIndex(job.status) : 0 });
	}

	/**
	 * Records the ID of a job that this node started. If the node fails, its error names the job. The log names it even if the
	 * process is killed, and nothing is returned.
	 */
	noteStarted(jobId: string) {
		this.started.push(jobId);
		const node = this.ctx.getNode().name;
		this.ctx.logger.info(
			`The node '${node}' of execution ${this.ctx.getExecutionId()} started the Unstructured job ${jobId}`,
		);
	}

	/**
	 * Records a failure of these input items, or throws it if the node is not to continue. Always throws if the execution was
	 * stopped.
	 */
	fail(from: number[], reason: unknown) {
		const error =
			reason instanceof NodeApiError || reason instanceof NodeOperationError
				? reason
				: new NodeOperationError(this.ctx.getNode(), reason as Error);
		error.context.itemIndex ??= from[0];
		// n8n stores the node's parameters with the error.
		error.node.parameters = maskSecrets(error.node.parameters);
		if (!this.ctx.continueOnFail() || cancelSignal(this.ctx)?.aborted) {
			this.nameStarted(error);
			throw error;
		}
		const json = failureJson(error);
		const output = this.splitByStatus ? FAILED_OUTPUT : 0;
		for (const order of from) {
			this.push(output, order, { json: { ...json }, pairedItem: paired([order]) });
		}
	}

	private nameStarted(error: NodeApiError | NodeOperationError) {
		const others = this.started.filter(
			(id) => !`${error.message} ${error.description}`.includes(id),
		);
		if (others.length === 0) return;
		const shown = others.slice(0, 20).join(', ');
		const more = others.length > 20 ? ` and ${others.length - 20} more` : '';
		error.description = joinSentences(
			error.description,
			`Jobs that this node started: ${shown}${more}`,
		);
	}

	/** Returns one array per output. */
	toOutputs(): INodeExecutionData[][] {
		return this.outputs.map((items) => items.flat());
	}
}
