import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { IWebhookResponseData } from 'n8n-workflow';

/** A call as n8n's server passes it to a webhook, with the received bytes. */
export interface Call {
	request: IncomingMessage & { rawBody: Buffer };
	response: ServerResponse;
}

/** Serves webhooks on this machine, and responds like n8n if the node does not. */
export async function serveCalls(take: (call: Call) => Promise<IWebhookResponseData>) {
	const server = createServer((request, response) => {
		void (async () => {
			const rawBody = await buffer(request);
			const result = await take({ request: Object.assign(request, { rawBody }), response });
			if (result.noWebhookResponse) return;
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(result.webhookResponse));
		})().catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
