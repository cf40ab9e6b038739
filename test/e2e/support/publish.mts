import { setTimeout as delay } from 'node:timers/promises';
import type { N8nApi } from '../../../local/n8n/rest.mjs';

/** n8n 1 has no workflow versions: a workflow is active or not. */
function isFirstMajor({ version }: N8nApi): boolean {
	return version.startsWith('1.');
}

/** n8n 2.8 still activates a workflow before it responds. */
function activatesAtOnce({ version }: N8nApi): boolean {
	return /^(1|2\.8)\./.test(version);
}

/**
 * Publishes a workflow and waits until its triggers listen, which happens after n8n's response.
 * @throws Error with the status if the triggers do not listen within 20 s
 */
export async function publish(api: N8nApi, id: string): Promise<void> {
	const { versionId } = await api.call<{ versionId: string }>('GET', `/workflows/${id}`);
	if (isFirstMajor(api)) await api.call('PATCH', `/workflows/${id}`, { active: true, versionId });
	else await api.call('POST', `/workflows/${id}/activate`, { versionId });
	if (activatesAtOnce(api)) return;
	for (let tries = 0; ; tries++) {
		const state = await api.call<{ status: string }>('GET', `/workflows/${id}/publication-status`);
		if (state.status === 'published') return;
		if (tries === 100) throw new Error(`Workflow ${id} is not published: ${state.status}`);
		await delay(200);
	}
}

/** The triggers of a workflow no longer listen. */
export async function unpublish(api: N8nApi, id: string): Promise<void> {
	if (isFirstMajor(api)) await api.call('PATCH', `/workflows/${id}`, { active: false });
	else await api.call('POST', `/workflows/${id}/deactivate`, {});
}
