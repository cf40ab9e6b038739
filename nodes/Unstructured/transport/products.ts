import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { WHERE_TO_COPY } from './baseUrl';
import type { ApiContext, Connection } from './connection';
import { apiError, serverDetail } from './errors';
import { peekList } from './listMembers';
import { send } from './send';

const ON_DEMAND = "Use 'Job: Run On-Demand' instead, with 'Run With' set to 'Nodes (JSON)'.";

/** What only Pipelines has, by the routes below `/api/v1`, and what to use on a Transform account (docs/api-notes.md 1.9). */
const PIPELINES_ONLY: Array<[route: RegExp, what: string, instead: string]> = [
	[
		/^\/(workflows\/[^/]+\/)?notifications\b/,
		'Job events and notification channels',
		"Use 'Job: Wait for Completion' with polling instead, or a Schedule Trigger with 'Job: Get Many'.",
	],
	[/^\/workflows\b/, 'Workflows', ON_DEMAND],
	[/^\/templates\b/, 'Templates', ON_DEMAND],
	[
		/^\/(sources|destinations)\b/,
		'Source and destination connectors',
		"Use n8n's own nodes to read files and to store the output instead, with 'Job: Run On-Demand' between them.",
	],
];

const PEEK_MS = 10_000;

/** Where an earlier item has shown that the account is of Transform. */
const ofTransform = new WeakSet<ApiContext>();

/** Whether the account has jobs, as every kind of account does. */
async function hasJobs(ctx: ApiContext, connection: Connection) {
	const outcome = await send(
		ctx,
		connection,
		() => ({ method: 'GET', path: '/jobs/', timeoutMs: PEEK_MS }),
		{ repeatable: true, limits: { attempts: 2, totalMs: PEEK_MS }, read: peekList },
	);
	return isAnswer(outcome) && isGood(outcome) && outcome.json !== undefined;
}

/** An unknown route has no other words than these; an unknown record has words of its own (docs/api-notes.md 1.6). */
const isUnknownRoute = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome) &&
	(outcome.statusCode === 403 || outcome.statusCode === 404) &&
	/^(Not Found|Forbidden)?$/i.test(serverDetail(outcome));

/**
 * Says which product has what a route is about, and what to use instead, where this account is of Transform: by its host, or
 * because it has jobs and not this route. Undefined for the routes of jobs, and where something else is wrong.
 * @param outcome of the call; undefined to tell before it by the host alone
 */
export async function pipelinesOnlyError(
	ctx: ApiContext,
	connection: Connection,
	path: string,
	outcome?: Answer | NoAnswer,
) {
	const found = PIPELINES_ONLY.find(([route]) => route.test(path));
	if (!found) return undefined;
	const isTransform =
		connection.isTransform ||
		ofTransform.has(ctx) ||
		(outcome !== undefined && isUnknownRoute(outcome) && (await hasJobs(ctx, connection)));
	if (!isTransform) return undefined;
	ofTransform.add(ctx);
	const [, what, instead] = found;
	return apiError(ctx.getNode(), {
		message: `${what} are only available in Unstructured Pipelines`,
		description: `A Transform account doesn't have them. ${instead} If yours is a Pipelines account, check the API URL in the credential. ${WHERE_TO_COPY}`,
		...(outcome && isAnswer(outcome) && { httpCode: String(outcome.statusCode) }),
	});
}
