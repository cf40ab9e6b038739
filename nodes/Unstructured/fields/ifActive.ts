import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What to do about a job of the workflow that was started elsewhere. */
export const ifActiveOption: INodeProperties = {
	displayName: 'If a Job Is Active',
	name: 'ifActive',
	type: 'options',
	default: 'error',
	options: [
		{
			name: 'Fail',
			value: 'error',
			description: 'Stop with a message that names the active job',
		},
		{
			name: 'Give Out the Active Job',
			value: 'attach',
			description: 'Send nothing, and continue with the job that is active',
		},
		{
			name: 'Wait, Then Run',
			value: 'wait',
			description: 'Wait until the active job has ended, at most for the timeout, then run',
		},
	],
	description:
		'What to do when somebody else has started a job of this workflow that has not ended. A workflow runs one job at a time.',
};

/** The same where the results must be those of the node's own files. */
export const ifActiveOwnFilesOption: INodeProperties = {
	...ifActiveOption,
	options: (ifActiveOption.options as INodePropertyOptions[]).filter(
		({ value }) => value !== 'attach',
	),
};
