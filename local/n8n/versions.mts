/** A version of n8n, and the version of Node.js that it runs on. */
export interface Release {
	n8n: string;
	node: string;
	/** The disk space of both, with what pnpm notes about their packages. */
	gigabytes: number;
	/** The settings of n8n that these versions need. */
	settings?: Record<string, string>;
	/** The versions of packages that its own ranges no longer lead to. */
	overrides?: Record<string, string>;
}

/**
 * The n8n to try the node in: the newest one whose dependencies are all in the registry. n8n 2.36 and later need Node.js 24
 * (`engines` of the npm package `n8n`).
 */
export const NEWEST: Release = { n8n: '2.41.1', node: '24.21.0', gigabytes: 2.4 };

/** Older versions do not start if a module that they don't have yet is disabled. */
const ALL_MODULES = { N8N_DISABLED_MODULES: '' };

const OVERRIDES = {
	// These n8n versions install xlsx from its vendor's own server. The registry has the same release.
	xlsx: 'npm:@e965/xlsx@0.20.2',
	// Later ones need a newer @langchain/core than the one that these n8n versions name, and n8n does not start.
	'@langchain/langgraph-checkpoint': '1.0.0',
};

/** The older versions in the tests: the last 2.8 and the last 1.x, which still run on Node.js 20. */
export const OLDER: Release[] = [
	{
		n8n: '2.8.4',
		node: '20.20.2',
		gigabytes: 1.8,
		settings: ALL_MODULES,
		overrides: OVERRIDES,
	},
	{
		n8n: '1.123.81',
		node: '20.20.2',
		gigabytes: 1.6,
		// Its new expression engine needs Node.js 22 (isolated-vm 6), although n8n itself does not.
		settings: { ...ALL_MODULES, N8N_EXPRESSION_ENGINE: 'legacy' },
		overrides: OVERRIDES,
	},
];

/** The npm package with Node.js itself for this platform, including the headers for native builds. */
export const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
