import { HttpError } from '../wire/httpError.mjs';
import { parseSchema } from '../elements/schema.mjs';
import { inputFiles } from '../wire/receiveForm.mjs';
import type { WorkflowNode } from '../platform/nodes.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { TEMPLATES } from '../platform/templates.mjs';
import { makeWorkflow } from '../platform/workflows.mjs';
import { ok, type Handler } from './handler.mjs';

/** The most files of one on-demand job (docs/api-notes.md 10.1). */
const MOST_FILES = 10;

function isNode(value: unknown): value is WorkflowNode {
	const { id, name, type, subtype } = (value ?? {}) as Record<string, unknown>;
	return (
		[name, type, subtype].every((text) => typeof text === 'string') &&
		(id === undefined || id === null || typeof id === 'string')
	);
}

/** Returns the nodes that `request_data` selects. For invalid data, only the status 422 is documented. */
function requestedNodes(text: string): WorkflowNode[] {
	let data: unknown;
	try {
		data = JSON.parse(text);
	} catch {
		throw new HttpError(422, 'request_data is not valid JSON');
	}
	const { template_id: id, job_nodes: nodes } = (data ?? {}) as Record<string, unknown>;
	if (!id === !nodes) {
		throw new HttpError(422, 'request_data needs either template_id or job_nodes');
	}
	if (nodes) {
		if (Array.isArray(nodes) && nodes.length > 0 && nodes.every(isNode)) return nodes;
		throw new HttpError(422, 'job_nodes needs nodes, each with name, type and subtype');
	}
	const template = TEMPLATES.find((one) => one.id === id);
	if (!template) throw new HttpError(404, `Template ${String(id)} not found`);
	return template.nodes;
}

/** Checks the extractors. @throws HttpError 422 for one that can't work. The response of the platform is not documented */
function checkExtractors({ options }: EmulatorState, nodes: WorkflowNode[]) {
	for (const { type, name, settings } of nodes) {
		if (type !== 'structured_data_extractor') continue;
		const { json_schema: schema, extraction_guidance: guidance } =
			(settings?.schema_to_extract as Record<string, unknown> | undefined) ?? {};
		if (schema === undefined && guidance === undefined) {
			throw new HttpError(
				422,
				`${name}: schema_to_extract needs json_schema or extraction_guidance`,
			);
		}
		if (schema !== undefined && guidance !== undefined && !options.guidanceWithSchema) {
			throw new HttpError(422, `${name}: schema_to_extract needs exactly one of its two keys`);
		}
		if (schema === undefined) continue;
		try {
			parseSchema(schema);
		} catch (error) {
			throw new HttpError(422, `${name}: ${(error as Error).message}`);
		}
	}
}

function limitRate(state: EmulatorState) {
	const now = state.clock.now();
	if (now - state.lastLaunch < state.options.launchSpacing * 1000) {
		throw new HttpError(429, 'Rate limit exceeded: one job per second.');
	}
	state.lastLaunch = now;
}

/** Starts an on-demand job, in a workflow that is in no list. */
export const createJob: Handler = ({ state, body, form }) => {
	const nodes = requestedNodes((body as { request_data: string }).request_data);
	checkExtractors(state, nodes);
	const files = inputFiles(form);
	if (files.length > MOST_FILES) {
		throw new HttpError(422, `A job accepts at most ${MOST_FILES} files.`);
	}
	limitRate(state);
	const workflow = makeWorkflow(state.clock, { workflow_nodes: nodes });
	workflow.name = `Job ${workflow.id.slice(0, 8)}`;
	return ok(state.jobs.toJson(state.jobs.create(workflow, files, true), false));
};
