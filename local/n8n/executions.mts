import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'flatted';
import type { IRunExecutionData, ITaskData } from 'n8n-workflow';
import type { N8nApi } from './rest.mjs';

const FINAL = ['success', 'error', 'crashed', 'canceled'];

export interface Execution {
	id: string;
	status: string;
	/** The runs of each node by its name, in the order in which the nodes ran. */
	runs: Record<string, ITaskData[]>;
	/** The message of the error that stopped the execution. */
	error?: string;
}

interface Row {
	id: string;
	status: string;
	/** The run as `flatted` text, because it contains circular references. */
	data: string;
}

/**
 * The milliseconds until n8n is asked again: each request takes 50 ms of its CPU time and 3 MB of garbage, so the pause
 * grows with the time that has passed.
 */
const lessOften = (sinceMs: number) => Math.min(Math.max(sinceMs / 4, 250), 5_000);

/**
 * Waits until an execution is finished, with any status.
 * @param timeoutMs milliseconds
 * @param pauseMs returns the milliseconds until the next request, given those since the first
 * @throws Error with the last status if it is not finished by then
 */
export async function waitForExecution(
	api: N8nApi,
	id: string,
	timeoutMs = 120_000,
	pauseMs = lessOften,
): Promise<Execution> {
	const began = Date.now();
	for (;;) {
		const row = await api.call<Row>('GET', `/executions/${id}`);
		const run = parse(row.data) as IRunExecutionData | undefined;
		// n8n 1 saves the status first, and the run a moment later.
		if (FINAL.includes(row.status) && run) {
			const { runData, error } = run.resultData;
			return { id: row.id, status: row.status, runs: runData, error: error?.message };
		}
		const sinceMs = Date.now() - began;
		if (sinceMs > timeoutMs) {
			throw new Error(`Execution ${id} is still ${row.status} after ${timeoutMs / 1000} s`);
		}
		await delay(pauseMs(sinceMs));
	}
}

/**
 * Starts a saved workflow from one of its triggers, like the button in the editor.
 * @returns the ID of the execution
 */
export async function startWorkflow(
	api: N8nApi,
	workflowId: string,
	triggerName: string,
): Promise<string> {
	const run = `/workflows/${workflowId}/run`;
	// n8n 1 does not load the workflow itself.
	const workflowData = await api.call('GET', `/workflows/${workflowId}`);
	const body = { workflowData, triggerToStartFrom: { name: triggerName } };
	return (await api.call<{ executionId: string }>('POST', run, body)).executionId;
}

/** Runs a saved workflow from one of its triggers until it is finished. */
export async function runWorkflow(
	api: N8nApi,
	workflowId: string,
	triggerName: string,
	timeoutMs?: number,
	pauseMs?: (sinceMs: number) => number,
): Promise<Execution> {
	const id = await startWorkflow(api, workflowId, triggerName);
	return await waitForExecution(api, id, timeoutMs, pauseMs);
}

/**
 * Waits for an execution of a workflow that an event started, and until it is finished. Returns the newest one.
 * @param timeoutMs the time until it must have started, in milliseconds
 */
export async function waitForTriggered(
	api: N8nApi,
	workflowId: string,
	timeoutMs = 60_000,
): Promise<Execution> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const began = Date.now();
	for (;;) {
		const { results } = await api.call<{ results: Array<{ id: string; mode: string }> }>(
			'GET',
			`/executions?filter=${filter}`,
		);
		const triggered = results.find(({ mode }) => mode !== 'manual');
		if (triggered) return await waitForExecution(api, triggered.id);
		const sinceMs = Date.now() - began;
		if (sinceMs > timeoutMs) {
			throw new Error(`Nothing started workflow ${workflowId} within ${timeoutMs / 1000} s`);
		}
		await delay(lessOften(sinceMs));
	}
}
