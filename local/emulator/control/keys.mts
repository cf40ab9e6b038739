import { HttpError } from '../httpError.mjs';
import { HANGS, RESETS, type Fault } from '../faults.mjs';
import { DEFAULT_OPTIONS } from '../options.mjs';
import type { PlannedOutcome } from '../outcomes.mjs';
import type { GivenWorkflow } from '../workflows.mjs';
import type { NewDeliveries } from './deliveries.mjs';
import type { JobChange, NewJobs } from './jobs.mjs';
import type { NewWorkflows } from './workflows.mjs';

/** Typed, so that no key can be forgotten here. */
const all = <Body,>(keys: Record<keyof Body, true>) => Object.keys(keys);

/** What bodies of control routes may say. */
export const KEYS = {
	options: Object.keys(DEFAULT_OPTIONS),
	fault: all<Required<Fault>>({
		method: true,
		path: true,
		times: true,
		after: true,
		status: true,
		headers: true,
		body: true,
		early: true,
		reset: true,
		midBodyBytes: true,
		hang: true,
		bytesPerSecond: true,
		truncate: true,
		replace: true,
		delayMs: true,
	}),
	outcome: all<Required<PlannedOutcome>>({
		workflowId: true,
		outcome: true,
		failedFiles: true,
		times: true,
	}),
	clock: all<{ seconds: number }>({ seconds: true }),
	newJobs: all<Required<NewJobs>>({ count: true, workflowId: true, endsIn: true }),
	jobChange: all<Required<JobChange>>({
		status: true,
		endsIn: true,
		outcome: true,
		failedFiles: true,
	}),
	newDeliveries: all<Required<NewDeliveries>>({
		channelId: true,
		url: true,
		secret: true,
		events: true,
		jobIds: true,
		body: true,
		webhookId: true,
		count: true,
		concurrency: true,
		duplicates: true,
		staleSeconds: true,
		forged: true,
		tampered: true,
		unsigned: true,
		otherSignatures: true,
		prefix: true,
		bytesPerSecond: true,
	}),
	newWorkflows: all<Required<NewWorkflows>>({ workflows: true, count: true, prefix: true }),
	workflow: all<Required<GivenWorkflow>>({
		id: true,
		name: true,
		sources: true,
		destinations: true,
		workflow_nodes: true,
		status: true,
		workflow_type: true,
		schedule: true,
		reprocess_all: true,
		created_at: true,
		updated_at: true,
	}),
};

/**
 * A mistyped key must not pass silently: a test would then test something else.
 * @throws HttpError 400 that names the key and those that are known
 */
export function checkKeys(body: unknown, known: string[]) {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new HttpError(400, `The body must be an object with any of: ${known.join(', ')}`);
	}
	const unknown = Object.keys(body).find((key) => !known.includes(key));
	if (unknown !== undefined) {
		throw new HttpError(400, `Unknown key '${unknown}'. Known: ${known.join(', ')}`);
	}
}

/** As checkKeys, for each of a list. */
export function checkList(body: unknown, known: string[]) {
	if (!Array.isArray(body)) throw new HttpError(400, 'The body must be a list.');
	for (const one of body) checkKeys(one, known);
}

/** As checkList, and for the kinds of a fault. */
export function checkFaults(body: unknown) {
	checkList(body, KEYS.fault);
	for (const { reset, hang } of body as Fault[]) {
		checkKind('reset', reset, RESETS);
		checkKind('hang', hang, HANGS);
	}
}

function checkKind(name: string, kind: string | undefined, known: readonly string[]) {
	if (kind === undefined || known.includes(kind)) return;
	throw new HttpError(400, `Unknown ${name} '${kind}'. Known: ${known.join(', ')}`);
}
