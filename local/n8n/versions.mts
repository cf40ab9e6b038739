/** An n8n, and the Node.js that it is run on. */
export interface Release {
	n8n: string;
	node: string;
	/** What both take on the disk. */
	gigabytes: number;
}

/**
 * The n8n to try the node in: the newest one whose dependencies can all be had from the registry.
 * n8n 2.36 and later need Node.js 24 (`engines` of the npm package `n8n`).
 */
export const NEWEST: Release = { n8n: '2.41.1', node: '24.21.0', gigabytes: 2.9 };

/** The older ones that the tests try: the last 2.8 and the last 1.x, which still run on Node.js 20. */
export const OLDER: Release[] = [
	{ n8n: '2.8.4', node: '20.20.2', gigabytes: 2.4 },
	{ n8n: '1.123.81', node: '20.20.2', gigabytes: 2.2 },
];

/** npm carries Node.js itself as one package per platform, headers for native builds included. */
export const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
