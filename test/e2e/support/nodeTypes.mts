import type { INodeTypeDescription } from 'n8n-workflow';
import { loadOwner } from '../../../local/n8n/owner.mjs';
import type { World } from './world.mjs';

/** All node types that the editor receives, including those that n8n generates. */
export async function nodeTypes({
	n8nUrl,
	folder,
}: Pick<World, 'n8nUrl' | 'folder'>): Promise<INodeTypeDescription[]> {
	const { email, password } = await loadOwner(folder);
	const session = await fetch(`${n8nUrl}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: email, password }),
	});
	const cookie = session.headers
		.getSetCookie()
		.map((one) => one.split(';')[0])
		.join('; ');
	const response = await fetch(`${n8nUrl}/types/nodes.json`, { headers: { cookie } });
	return (await response.json()) as INodeTypeDescription[];
}
