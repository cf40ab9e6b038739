import { type IHookFunctions, type INodeProperties, type IWebhookFunctions } from 'n8n-workflow';
import type { Scope } from '../api/channels';
import { eventsField, scopeField } from '../fields/channel';
import { optionsField } from '../fields/list';
import { chosenId } from '../fields/locator';
import { Parameters } from '../fields/parameters';
import { workflowLocator } from '../fields/workflow';

/** The contexts in which n8n calls a trigger. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

export const fetchJobField: INodeProperties = {
	displayName: 'Fetch Job',
	name: 'fetchJob',
	type: 'boolean',
	default: true,
	description:
		'Whether to retrieve the job from Unstructured when an event arrives. If off, the item contains only the data of the event: job ID, workflow ID, and status.',
};

const parametersOf = (ctx: TriggerContext) =>
	new Parameters(
		ctx,
		undefined,
		({ name, default: preset }) => ctx.getNodeParameter(name, preset as object) as unknown,
	);

/** Returns the scope of the trigger. Throws a NodeOperationError if no workflow is selected. */
export function wantedScope(ctx: TriggerContext): Scope {
	const parameters = parametersOf(ctx);
	if (parameters.choice(scopeField) !== 'workflow') return undefined;
	return chosenId(ctx, parameters.id(workflowLocator), 'workflow', {
		description:
			"Select one in 'Unstructured Workflow', or set 'Scope' to 'Workspace' to receive the events of all workflows.",
	});
}

/** Returns the selected events, sorted. Throws a NodeOperationError if none is selected. */
export function wantedEvents(ctx: TriggerContext): string[] {
	const parameters = parametersOf(ctx);
	const events = parameters.texts(eventsField);
	if (events.length > 0) return [...new Set(events)].sort();
	throw parameters.refusal('No event is selected', "Select at least one in 'Events'.");
}

/** Whether to read the job of an event. Throws a NodeOperationError for a value that is not a boolean. */
export const fetchesJob = (ctx: TriggerContext) =>
	parametersOf(ctx).in(optionsField()).boolean(fetchJobField);
