import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A module of the built node, as n8n would load it. `path` is below `nodes/Unstructured`. */
export const built = <Module,>(path: string) =>
	require(`../../dist/nodes/Unstructured/${path}.js`) as Module;
