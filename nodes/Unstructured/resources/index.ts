import type { INodeProperties } from 'n8n-workflow';
import { job } from './job';
import { template } from './template';
import { workflow } from './workflow';

/** All resources, in the order in which the list shows them. */
export const resources = [job, template, workflow];

export const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Job', value: 'job' },
		{ name: 'Template', value: 'template' },
		{ name: 'Workflow', value: 'workflow' },
	],
	default: 'workflow',
};
