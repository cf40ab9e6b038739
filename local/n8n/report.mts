import type { IDataObject, INode, INodeExecutionData, ITaskData } from 'n8n-workflow';
import type { Execution } from './executions.mjs';

const MAX_TEXT = 80;
const MAX_FIELDS = 4;

/** The most informative fields of a job. */
const KEY_FIELDS = ['id', 'status', 'workflow_name', 'input_file_ids'];

const STATUS_OUTPUTS = ['Completed', 'Failed', 'Stopped', 'Running'];

interface SwitchParameters extends IDataObject {
	rules?: { values?: Array<{ outputKey?: string }> };
	options?: { renameFallbackOutput?: string };
}

/** Returns the names that the editor shows for the outputs of a node with several. */
function outputNames(node: INode): string[] {
	if (node.parameters.splitByStatus === true) return STATUS_OUTPUTS;
	const { rules, options } = node.parameters as SwitchParameters;
	const names = (rules?.values ?? []).map(({ outputKey }, index) => outputKey ?? String(index));
	return names.length > 0 ? [...names, options?.renameFallbackOutput ?? 'Fallback'] : [];
}

function short(value: unknown): unknown {
	if (Array.isArray(value)) return `${value.length} entries`;
	if (typeof value === 'string' && value.length > MAX_TEXT) return `${value.slice(0, MAX_TEXT)}…`;
	return typeof value === 'object' && value !== null ? '{…}' : value;
}

/** Returns the most informative fields of an item, and the names of its files. */
function describe(item: INodeExecutionData): string {
	const rank = (name: string) => (KEY_FIELDS.includes(name) ? 0 : 1);
	const fields = Object.entries(item.json)
		.filter(([, value]) => value !== null)
		.sort(([one], [other]) => rank(one) - rank(other));
	const shown = fields.slice(0, MAX_FIELDS).map(([name, value]) => [name, short(value)]);
	const files = Object.values(item.binary ?? {}).map(({ fileName }) => fileName ?? 'file');
	const json = shown.length > 0 ? [JSON.stringify(Object.fromEntries(shown))] : [];
	return [...json, ...files].join(' ');
}

function reportRun(node: INode, { data, error }: ITaskData): string[] {
	if (error) return [`  ${node.name}: ${error.message}`];
	const outputs = data?.main ?? [];
	const names = outputNames(node);
	return outputs.flatMap((items, index) => {
		if (!items || items.length === 0) return [];
		const name = outputs.length > 1 && names[index] ? `${node.name} > ${names[index]}` : node.name;
		const count = items.length === 1 ? '1 item' : `${items.length} items, the first is`;
		return [`  ${name}: ${count} ${describe(items[0])}`.trimEnd()];
	});
}

/** Returns what each node of an execution returned: a line for each output with items. */
export function report(nodes: INode[], execution: Execution): string[] {
	return Object.entries(execution.runs).flatMap(([name, runs]) => {
		const node = nodes.find((candidate) => candidate.name === name);
		return node ? runs.flatMap((run) => reportRun(node, run)) : [];
	});
}
