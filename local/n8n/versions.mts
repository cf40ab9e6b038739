/** The n8n to try the node in: the newest one whose dependencies can all be had from the registry. */
export const N8N_VERSION = '2.41.1';

/** n8n 2.36 and later need Node.js 24 (`engines` of the npm package `n8n`). */
export const NODE_VERSION = '24.21.0';

/** npm carries Node.js itself as one package per platform, headers for native builds included. */
export const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
