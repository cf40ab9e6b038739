import type { INodeProperties } from 'n8n-workflow';
import { workflowLocator } from './workflow';

export const scopeField: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	noDataExpression: true,
	default: 'workspace',
	options: [
		{
			name: 'Unstructured Workflow',
			value: 'workflow',
			description: 'The jobs of one Unstructured workflow',
		},
		{
			name: 'Workspace',
			value: 'workspace',
			description: 'All jobs in the workspace of the API key',
		},
	],
	description: 'Which jobs to send events for',
};

/** The jobs whose events a notification channel sends. */
export const scopeFields: INodeProperties[] = [
	scopeField,
	{ ...workflowLocator, displayOptions: { show: { scope: ['workflow'] } } },
];

/** The job events (docs/api-notes.md 8.2). */
export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	default: ['job.completed', 'job.failed', 'job.stopped'],
	options: [
		{
			name: 'Job Completed',
			value: 'job.completed',
			description: 'The job finished. Some of its files may have failed anyway.',
		},
		{
			name: 'Job Failed',
			value: 'job.failed',
			description: 'The job could not start, or none of its files could be processed',
		},
		{ name: 'Job in Progress', value: 'job.in_progress', description: 'The job started' },
		{ name: 'Job Scheduled', value: 'job.scheduled', description: 'The job is waiting to start' },
		{
			name: 'Job Stopped',
			value: 'job.stopped',
			description: 'The job was canceled before it finished',
		},
	],
	description: 'The job events to send',
};
