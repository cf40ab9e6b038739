import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../fields/parameters';

export const reprocessAllField: INodeProperties = {
	displayName: 'Reprocess All Files',
	name: 'reprocessAll',
	type: 'boolean',
	default: true,
	description:
		'Whether each run processes all files of the source again. If off, only new and changed files are processed.',
};

/** The phrases that the API accepts (docs/api-notes.md 6.4), the most frequent first. */
const PHRASES = [
	'every 15 minutes',
	'every hour',
	'every 2 hours',
	'every 4 hours',
	'every 6 hours',
	'every 8 hours',
	'every 10 hours',
	'every 12 hours',
	'daily',
	'weekly',
	'monthly',
];

const NONE = 'none';

const titled = (phrase: string) => phrase.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

const options = [
	{ name: 'None', value: NONE },
	...PHRASES.map((phrase) => ({ name: titled(phrase), value: phrase })),
];

export const scheduleField: INodeProperties = {
	displayName: 'Schedule',
	name: 'schedule',
	type: 'options',
	default: 'daily',
	options,
	description:
		'How often Unstructured runs the workflow. Only a workflow with a source connector can have a schedule. An expression can return a phrase such as "every 2 hours" or "none".',
};

/** The schedule for a workflow: null for none, undefined if the parameter is not set. */
export function workflowSchedule(parameters: Parameters): string | null | undefined {
	const phrase = parameters.text(scheduleField);
	if (!phrase) return undefined;
	return phrase === NONE ? null : phrase;
}

/** Whether Unstructured runs a workflow (docs/api-notes.md 6.1). */
export const stateField: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	default: 'active',
	options: [
		{ name: 'Active', value: 'active' },
		{ name: 'Inactive', value: 'inactive' },
	],
	description: 'Whether Unstructured runs the workflow. An inactive workflow keeps its settings.',
};

/** The state for a workflow, undefined if the parameter is not set. Throws a NodeOperationError for any other word. */
export function workflowState(ctx: IExecuteFunctions, itemIndex: number, fields: Parameters) {
	if (!fields.has(stateField)) return undefined;
	const state = fields.text(stateField).toLowerCase();
	if (state === 'active' || state === 'inactive') return state;
	throw new NodeOperationError(ctx.getNode(), "'State' is neither active nor inactive", {
		itemIndex,
		description: 'Check what the expression returns.',
	});
}
