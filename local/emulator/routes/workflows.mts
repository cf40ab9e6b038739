import { instant } from '../platform/clock.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { inputFiles } from '../wire/receiveForm.mjs';
import type { WorkflowNode } from '../platform/nodes.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import type { GivenWorkflow, Workflow } from '../platform/workflows.mjs';
import { checkKey } from './checkKey.mjs';
import { ok, type Call, type Handler } from './handler.mjs';

interface WorkflowInput {
	name?: string | null;
	workflow_type?: string | null;
	source_id?: string | null;
	destination_id?: string | null;
	workflow_nodes?: WorkflowNode[] | null;
	schedule?: string | null;
	reprocess_all?: boolean | null;
	state?: string | null;
	key?: string | null;
}

const CRON: Record<string, string> = {
	'every 15 minutes': '*/15 * * * *',
	'every hour': '0 * * * *',
	daily: '0 0 * * *',
	weekly: '0 0 * * 0',
	monthly: '0 0 1 * *',
};

/** Converts the phrases of docs/api-notes.md 6.4 to crontab entries. */
const cron = (phrase: string) =>
	CRON[phrase] ?? phrase.replace(/^every (\d+) hours$/, '0 */$1 * * *');

/** Returns the changes of a request. Omitted properties stay unchanged. */
function changes(input: WorkflowInput): GivenWorkflow {
	const changed: GivenWorkflow = {};
	if (input.name) changed.name = input.name;
	if (input.workflow_type) changed.workflow_type = input.workflow_type;
	if (input.source_id !== undefined) changed.sources = input.source_id ? [input.source_id] : [];
	if (input.destination_id !== undefined) {
		changed.destinations = input.destination_id ? [input.destination_id] : [];
	}
	if (input.workflow_nodes) changed.workflow_nodes = input.workflow_nodes;
	if (input.reprocess_all !== undefined) changed.reprocess_all = input.reprocess_all ?? false;
	if (input.schedule !== undefined) {
		changed.schedule = input.schedule
			? { crontab_entries: [{ cron_expression: cron(input.schedule) }] }
			: null;
	}
	if (input.state) changed.status = input.state;
	return changed;
}

/** Finds the connectors by ID or key. The response for a missing one is not documented. */
function withConnectorIds({ sources, destinations }: EmulatorState, input: WorkflowInput) {
	const source = input.source_id ? sources.get(input.source_id) : null;
	if (source === undefined) throw new HttpError(404, `Source with id ${input.source_id} not found`);
	const destination = input.destination_id ? destinations.get(input.destination_id) : null;
	if (destination === undefined) {
		throw new HttpError(404, `Destination with id ${input.destination_id} not found`);
	}
	return {
		...input,
		...(source && { source_id: source.id }),
		...(destination && { destination_id: destination.id }),
	};
}

/** Returns the workflow in the path. */
export function findWorkflow({ state, params }: Call): Workflow {
	const workflow = state.workflows.get(params.workflow_id);
	if (!workflow) throw new HttpError(404, 'Workflow not found');
	return workflow;
}

interface ListQuery {
	page: number;
	page_size: number;
	name?: string;
	status?: string;
	source_id?: string;
	destination_id?: string;
	created_since?: string;
	created_before?: string;
	sort_by: 'id' | 'name' | 'status' | 'created_at' | 'updated_at';
	sort_direction: 'asc' | 'desc';
}

const listWorkflows: Handler = ({ state, query }) => {
	const asked = query as unknown as ListQuery;
	const rows = state.workflows
		.list()
		.filter(
			({ name, status, sources, destinations, created_at: created }) =>
				(!asked.name || name.includes(asked.name)) &&
				(!asked.status || status === asked.status) &&
				(!asked.source_id || sources.includes(asked.source_id)) &&
				(!asked.destination_id || destinations.includes(asked.destination_id)) &&
				(!asked.created_since || instant(created) >= instant(asked.created_since)) &&
				(!asked.created_before || instant(created) < instant(asked.created_before)),
		);
	const key = (workflow: Workflow) => workflow[asked.sort_by] ?? '';
	rows.sort((a, b) => key(a).localeCompare(key(b)));
	if (asked.sort_direction === 'desc') rows.reverse();
	const first = (asked.page - 1) * asked.page_size;
	return ok(rows.slice(first, first + asked.page_size));
};

const createWorkflow: Handler = ({ state, body }) => {
	const input = withConnectorIds(state, body as WorkflowInput);
	checkKey(state.workflows, input.key);
	const workflow = state.workflows.create(changes(input));
	if (input.key) workflow.key = input.key;
	return ok(workflow);
};

const updateWorkflow: Handler = (call) => {
	const workflow = findWorkflow(call);
	const input = withConnectorIds(call.state, call.body as WorkflowInput);
	return ok(call.state.workflows.update(workflow, changes(input)));
};

const deleteWorkflow: Handler = (call) => {
	const { id } = findWorkflow(call);
	call.state.workflows.delete(id);
	call.state.channels.deleteOfWorkflow(id);
	return ok({ detail: `Workflow with id ${id} successfully deleted.` });
};

const runWorkflow: Handler = (call) => {
	const { state, form } = call;
	const workflow = findWorkflow(call);
	const files = inputFiles(form);
	if (state.jobs.active(workflow.id)) {
		return { status: 202, body: { detail: 'There is a running job in progress. No new job run.' } };
	}
	// The response of the platform to these two is not documented (docs/api-notes.md 3.5).
	const hasSource = workflow.sources.length > 0;
	if (hasSource && files.length > 0) {
		throw new HttpError(422, 'This workflow has a source connector and accepts no input files.');
	}
	if (!hasSource && files.length === 0) {
		throw new HttpError(422, 'This workflow has no source connector and needs input files.');
	}
	const job = state.jobs.create(workflow, hasSource ? null : files);
	return { status: 202, body: state.jobs.toJson(job, false) };
};

export const workflowHandlers: Record<string, Handler> = {
	listWorkflows,
	createWorkflow,
	getWorkflow: (call) => ok(findWorkflow(call)),
	updateWorkflow,
	deleteWorkflow,
	runWorkflow,
};
