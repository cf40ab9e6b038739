import type { INodeProperties } from 'n8n-workflow';
import { destination } from './destination';
import { job } from './job';
import { notificationChannel } from './notificationChannel';
import { source } from './source';
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
		{ name: 'Destination', value: 'destination' },
		{ name: 'Job', value: 'job' },
		{ name: 'Notification Channel', value: 'notificationChannel' },
		{ name: 'Source', value: 'source' },
		{ name: 'Template', value: 'template' },
		{ name: 'Workflow', value: 'workflow' },
	],
	default: 'workflow',
};
