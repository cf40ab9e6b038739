import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** What the platform accepts (docs/api-notes.md 10.1). */
const FILES_PER_JOB = 10;

export const filesPerJobOption: INodeProperties = {
	displayName: 'Files per Job',
	name: 'filesPerJob',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: FILES_PER_JOB,
	description:
		'More files than this become several jobs, started at least a second apart. The platform takes up to 10.',
};

/** How many files go in one on-demand job. */
export function filesPerJob(ctx: IExecuteFunctions): number {
	const { filesPerJob: most } = ctx.getNodeParameter('options', 0, {}) as { filesPerJob?: number };
	return Math.max(1, Math.floor(Number(most ?? FILES_PER_JOB)) || FILES_PER_JOB);
}
