import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { cleanApiKey } from './apiKey';
import { resolveBaseUrl, type UnusableUrl } from './baseUrl';
import { loopbackProxy } from './proxy';

/** The contexts from which the API is called. */
export type ApiContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** The URL and key of the credential, as a call and its error texts need them. */
export interface Connection {
	baseUrl: string;
	host: string;
	/** Whether the host shows that it is a Transform account. */
	isTransform: boolean;
	apiKey: string;
}

const PROBE_TIMEOUT_MS = 5_000;
/** One check per execution is enough: the environment of n8n does not change during it. */
const checks = new WeakMap<ApiContext, Promise<UnusableUrl | undefined>>();

async function checkProxy(ctx: ApiContext, baseUrl: string) {
	const check =
		checks.get(ctx) ??
		loopbackProxy(
			baseUrl,
			async (url) =>
				await ctx.helpers.httpRequest({
					url,
					timeout: PROBE_TIMEOUT_MS,
					disableFollowRedirect: true,
				}),
		);
	checks.set(ctx, check);
	return await check;
}

const unusable = (ctx: ApiContext, { reason, fix }: UnusableUrl) =>
	new NodeOperationError(ctx.getNode(), reason, { description: fix });

/** Reads the credential. Throws a NodeOperationError that says what to change if its URL can't be used. */
export async function connect(ctx: ApiContext): Promise<Connection> {
	const { apiUrl, apiKey } = await ctx.getCredentials<{ apiUrl: string; apiKey: string }>(
		'unstructuredApi',
	);
	const base = resolveBaseUrl(apiUrl);
	if ('reason' in base) throw unusable(ctx, base);
	const proxied = await checkProxy(ctx, base.url);
	if (proxied) throw unusable(ctx, proxied);
	const { url: baseUrl, host, isTransform } = base;
	return { baseUrl, host, isTransform, apiKey: cleanApiKey(apiKey) };
}
