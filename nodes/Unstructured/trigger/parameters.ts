import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import type { Scope } from '../api/channels';
import { chosenId } from '../fields/locator';

/** The contexts in which n8n calls a trigger. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** Whose jobs the trigger is for. Throws a NodeOperationError if no workflow is chosen. */
export function wantedScope(ctx: TriggerContext): Scope {
	if (ctx.getNodeParameter('scope', 'workspace') !== 'workflow') return undefined;
	const value = ctx.getNodeParameter('workflowId', '', { extractValue: true }) as unknown;
	return chosenId(ctx, value, 'workflow', {
		description:
			"Select one in 'Workflow', or set 'Scope' to 'Workspace' to receive the events of all workflows.",
	});
}

/** The events that the trigger is for, sorted. Throws a NodeOperationError if none is chosen. */
export function wantedEvents(ctx: TriggerContext): string[] {
	const events = ctx.getNodeParameter('events', []) as string[];
	if (events.length > 0) return [...new Set(events)].sort();
	throw new NodeOperationError(ctx.getNode(), 'No event is chosen', {
		description: "Choose at least one in 'Events'.",
	});
}
