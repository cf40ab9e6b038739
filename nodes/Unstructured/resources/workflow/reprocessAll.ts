import type { INodeProperties } from 'n8n-workflow';

export const reprocessAllField: INodeProperties = {
	displayName: 'Reprocess All Files',
	name: 'reprocessAll',
	type: 'boolean',
	default: true,
	description:
		'Whether each run processes all files of the source again. Otherwise only new and changed ones. For sources that hold files.',
};
