/** An n8n, and the Node.js that it is run on. */
export interface Release {
	n8n: string;
	node: string;
	/** What both take on the disk. */
	gigabytes: number;
	/** Settings of n8n that this pair needs. */
	settings?: Record<string, string>;
}

/**
 * The n8n to try the node in: the newest one whose dependencies can all be had from the registry.
 * n8n 2.36 and later need Node.js 24 (`engines` of the npm package `n8n`).
 */
export const NEWEST: Release = { n8n: '2.41.1', node: '24.21.0', gigabytes: 2.9 };

/** They do not start when told to leave out a module that they do not have yet. */
const ALL_MODULES = { N8N_DISABLED_MODULES: '' };

/** The older ones that the tests try: the last 2.8 and the last 1.x, which still run on Node.js 20. */
export const OLDER: Release[] = [
	{ n8n: '2.8.4', node: '20.20.2', gigabytes: 2.3, settings: ALL_MODULES },
	{
		n8n: '1.123.81',
		node: '20.20.2',
		gigabytes: 1.8,
		// Its new engine needs Node.js 22 (isolated-vm 6), although n8n itself does not.
		settings: { ...ALL_MODULES, N8N_EXPRESSION_ENGINE: 'legacy' },
	},
];

/** npm carries Node.js itself as one package per platform, headers for native builds included. */
export const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
