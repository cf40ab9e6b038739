import { createRequire } from 'node:module';
import process from 'node:process';

interface Outside {
	require: NodeJS.Require;
	env: NodeJS.ProcessEnv;
}

/** From test/support/environment.cjs, so Jest only. Only what Jest itself loads is instrumented for the coverage. */
const outside =
	process.env.COVERAGE === undefined
		? (globalThis as { outsideOfJest?: Outside }).outsideOfJest
		: undefined;

/**
 * Loads a module outside of Jest, once for each worker. Jest would load the 2,000 files of n8n's engine again for each test
 * file, which takes two to four seconds. What it loads has its own `Error` and `Object`.
 */
export const nativeRequire = outside?.require ?? createRequire(import.meta.url);

/** The environment that these modules see. Within Jest, `process.env` is a copy. */
export const env = outside?.env ?? process.env;
