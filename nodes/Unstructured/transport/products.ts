import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { WHERE_TO_COPY } from './baseUrl';
import type { ApiContext, Connection } from './connection';
import { apiError, serverDetail } from './errors';
import { peekList } from './listMembers';
import { send } from './send';

const ON_DEMAND = "Use 'Job: Run On-Demand' instead, with 'Run With' set to 'Nodes (JSON)'.";

/** The routes that only Pipelines has, below `/api/v1`, and what to use on a Transform account (docs/api-notes.md 1.9). */
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
		"Use n8n's own nodes to read the files and to store the output instead, with 'Job: Run On-Demand' between them.",
	],
];

const PEEK_MS = 10_000;

/** The executions in which an earlier item showed that this is a Transform account. */
const ofTransform = new WeakSet<ApiContext>();

/** Whether the account has the route for jobs, as every kind of account does. */
async function hasJobs(ctx: ApiContext, connection: Connection) {
	const outcome = await send(
		ctx,
		connection,
		() => ({ method: 'GET', path: '/jobs/', timeoutMs: PEEK_MS }),
		{ repeatable: true, limits: { attempts: 2, totalMs: PEEK_MS }, read: peekList },
	);
	return isAnswer(outcome) && isGood(outcome) && outcome.json !== undefined;
}

/** Whether the route is unknown: such a response has only these words, unlike that for an unknown record (docs/api-notes.md 1.6). */
const isUnknownRoute = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome) &&
	(outcome.statusCode === 403 || outcome.statusCode === 404) &&
	/^(Not Found|Forbidden)?$/i.test(serverDetail(outcome));

/**
 * Returns the error for a route that only Pipelines has, with what to use instead, if this is a Transform account: by its
 * host, or because it has jobs but not this route. Undefined for the routes of jobs, and if something else is wrong.
 * @param outcome of the call. Undefined before the call, which leaves only the host to decide
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
