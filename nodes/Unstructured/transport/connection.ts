import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { resolveBaseUrl } from './baseUrl';

/** The contexts from which the API is called. */
export type ApiContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** The credential's address and key, as a call and its error texts need them. */
export interface Connection {
	baseUrl: string;
	host: string;
	apiKey: string;
}

/** Reads the credential. Throws a NodeOperationError that says what to change when its URL can't be used. */
export async function connect(ctx: ApiContext): Promise<Connection> {
	const { apiUrl, apiKey } = await ctx.getCredentials<{ apiUrl: string; apiKey: string }>(
		'unstructuredApi',
	);
	const base = resolveBaseUrl(apiUrl);
	if ('reason' in base) {
		throw new NodeOperationError(ctx.getNode(), base.reason, { description: base.fix });
	}
	return { baseUrl: base.url, host: base.host, apiKey: apiKey.trim() };
}
