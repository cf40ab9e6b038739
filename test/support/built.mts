import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a module of the built node like n8n. `path` is relative to `nodes/Unstructured`. */
export const built = <Module,>(path: string) =>
	require(`../../dist/nodes/Unstructured/${path}.js`) as Module;
