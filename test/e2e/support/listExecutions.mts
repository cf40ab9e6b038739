import type { N8nApi } from '../../../local/n8n/rest.mjs';

interface Row {
	id: string;
	status: string;
}

interface Page {
	results: Row[];
	nextCursor?: string | null;
}

/** All executions of a workflow, newest first. While some run, n8n's pages may omit or repeat one. */
export async function listExecutions(api: N8nApi, workflowId: string): Promise<Row[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const rows = new Map<string, Row>();
	for (let cursor = ''; ; ) {
		const page = await api.call<Page>('GET', `/executions?limit=100&filter=${filter}${cursor}`);
		for (const row of page.results) rows.set(row.id, row);
		if (!page.nextCursor) return [...rows.values()];
		cursor = `&cursor=${page.nextCursor}`;
	}
}
