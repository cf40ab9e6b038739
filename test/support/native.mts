import * as jestModule from 'node:module';

/** Only what Jest itself loads is instrumented. */
const isInstrumented = process.env.COVERAGE !== undefined;

const { createRequire } = isInstrumented ? jestModule : process.getBuiltinModule('node:module');

/**
 * Loads a module outside of Jest, once for each worker. Jest would load the 2,000 files of n8n's engine again for each test
 * file, which takes four seconds. What it loads has its own `Error` and `Object`.
 */
export const nativeRequire = createRequire(import.meta.url);

/** The environment that these modules see. Within Jest, `process.env` is a copy. */
export const { env } = isInstrumented ? process : process.getBuiltinModule('node:process');
