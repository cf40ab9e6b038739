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
			name: 'Workflow',
			value: 'workflow',
			description: 'The jobs of one workflow',
		},
		{
			name: 'Workspace',
			value: 'workspace',
			description: 'All jobs of the workspace that the API key belongs to',
		},
	],
	description: 'Whose jobs to hear of',
};

/** Whose jobs a notification channel tells of. */
export const scopeFields: INodeProperties[] = [
	scopeField,
	{ ...workflowLocator, displayOptions: { show: { scope: ['workflow'] } } },
];

/** The events of jobs (docs/api-notes.md 8.2). */
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
			description: 'The job has ended. Some of its files may have failed all the same.',
		},
		{
			name: 'Job Failed',
			value: 'job.failed',
			description: 'The job could not start, or processed no file',
		},
		{ name: 'Job in Progress', value: 'job.in_progress', description: 'The job has started' },
		{ name: 'Job Scheduled', value: 'job.scheduled', description: 'The job waits for its turn' },
		{
			name: 'Job Stopped',
			value: 'job.stopped',
			description: 'The job was cancelled before its end',
		},
	],
	description: 'What to hear of',
};
