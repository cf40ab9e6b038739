import { cp } from 'node:fs/promises';
import { build } from 'esbuild';

/** A folder inside node_modules, so packages that stay outside of the bundle can be resolved. */
const FOLDER = 'node_modules/.cache/emulator';

// The CommonJS packages in the bundle need `require`.
const COMMON_JS = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const __dirname = import.meta.dirname;
const __filename = import.meta.filename;
`;

/**
 * Bundles the emulator into one file before the first test. Most test files start one, and starting it from the sources
 * needs three times as much CPU. `startEmulator` finds the file by an environment variable.
 */
export default async function bundleEmulator() {
	// The file has the same relative path to openapi.yaml as http/contract.mts.
	const bundle = `${FOLDER}/bundle/main.mjs`;
	await build({
		entryPoints: ['local/emulator/main.mts'],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'esm',
		banner: { js: COMMON_JS },
		// This package reads its own files at run time.
		external: ['pdfjs-dist'],
		logLevel: 'error',
	});
	await cp('local/emulator/openapi.yaml', `${FOLDER}/openapi.yaml`);
	process.env.EMULATOR_BUNDLE = bundle;
}
