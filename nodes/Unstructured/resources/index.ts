import type { INodeProperties } from 'n8n-workflow';
import { destination, source } from './connector';
import { document } from './document';
import { job } from './job';
import { notificationChannel } from './notificationChannel';
import { template } from './template';
import { workflow } from './workflow';

/** All resources in the order of the list and of n8n's actions panel: the most common first. */
export const resources = [
	document,
	workflow,
	job,
	template,
	source,
	destination,
	notificationChannel,
];

export const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ option }) => option),
	default: 'workflow',
};
