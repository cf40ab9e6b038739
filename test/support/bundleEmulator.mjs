import { cp } from 'node:fs/promises';
import { build } from 'esbuild';

/** Where packages are found from that stay outside of the bundle. */
const FOLDER = 'node_modules/.cache/emulator';

// For the packages in it that are CommonJS.
const COMMON_JS = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const __dirname = import.meta.dirname;
const __filename = import.meta.filename;
`;

/**
 * Makes one file of the emulator, before the first test: most test files start one, and starting it from the sources
 * takes three times as much of the processor. `startEmulator` finds the file by an environment variable.
 */
export default async function bundleEmulator() {
	// Its place in relation to openapi.yaml is that of http/contract.mts.
	const bundle = `${FOLDER}/bundle/main.mjs`;
	await build({
		entryPoints: ['local/emulator/main.mts'],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'esm',
		banner: { js: COMMON_JS },
		// Brings files of its own along.
		external: ['pdfjs-dist'],
		logLevel: 'error',
	});
	await cp('local/emulator/openapi.yaml', `${FOLDER}/openapi.yaml`);
	process.env.EMULATOR_BUNDLE = bundle;
}
