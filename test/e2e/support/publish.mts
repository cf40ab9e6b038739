import { setTimeout as delay } from 'node:timers/promises';
import type { N8nApi } from '../../../local/n8n/rest.mjs';

/**
 * Publishes a workflow and waits until its triggers listen, which n8n does after it has answered.
 * @throws Error with the status when that has not happened within 20 s
 */
export async function publish(api: N8nApi, id: string): Promise<void> {
	const { versionId } = await api.call<{ versionId: string }>('GET', `/workflows/${id}`);
	await api.call('POST', `/workflows/${id}/activate`, { versionId });
	for (let tries = 0; ; tries++) {
		const state = await api.call<{ status: string }>('GET', `/workflows/${id}/publication-status`);
		if (state.status === 'published') return;
		if (tries === 100) throw new Error(`Workflow ${id} is not published: ${state.status}`);
		await delay(200);
	}
}
