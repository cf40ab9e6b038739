import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What to do if the workflow has an active job that this node did not start. */
export const ifActiveOption: INodeProperties = {
	displayName: 'If a Job Is Active',
	name: 'ifActive',
	type: 'options',
	default: 'error',
	options: [
		{
			name: 'Fail',
			value: 'error',
			description: 'Fail, and name the active job. Of two runs at once, the second one fails.',
		},
		{
			name: 'Return the Active Job',
			value: 'attach',
			description:
				"Skip the upload and continue with the active job. Of two runs at once, the second one's files aren't processed.",
		},
		{
			name: 'Wait, Then Run',
			value: 'wait',
			description:
				"Wait until the active job is finished, up to 'Timeout', and then run. Of two runs at once, the second one waits.",
		},
	],
	description:
		"What to do if the workflow already has an active job that this node didn't start. A workflow runs one job at a time.",
};

/** The same choice for operations that must return the results of the node's own files. */
export const ifActiveOwnFilesOption: INodeProperties = {
	...ifActiveOption,
	options: (ifActiveOption.options as INodePropertyOptions[]).filter(
		({ value }) => value !== 'attach',
	),
};
