import type { INodeProperties } from 'n8n-workflow';
import { destination, source } from './connector';
import { job } from './job';
import { notificationChannel } from './notificationChannel';
import { template } from './template';
import { workflow } from './workflow';

/** All resources, in the order in which the list shows them. */
export const resources = [destination, job, notificationChannel, source, template, workflow];

export const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Destination',
			value: 'destination',
			description: 'A place to which Unstructured delivers, e.g. a vector store',
		},
		{
			name: 'Job',
			value: 'job',
			description: 'One run, with its status and what it made of the files',
		},
		{
			name: 'Notification Channel',
			value: 'notificationChannel',
			description: 'Where Unstructured sends the events of jobs: a webhook or an e-mail address',
		},
		{
			name: 'Source',
			value: 'source',
			description: 'A place from which Unstructured fetches documents, e.g. a bucket',
		},
		{
			name: 'Template',
			value: 'template',
			description: 'A definition that Unstructured keeps ready',
		},
		{
			name: 'Workflow',
			value: 'workflow',
			description: 'What is done with documents, from partitioning to embedding',
		},
	],
	default: 'workflow',
};
