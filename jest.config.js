/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/support/environment.cjs',
	testMatch: ['<rootDir>/test/{unit,local,integration,stress,docs}/**/*.test.mts'],
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['mts', 'js', 'mjs', 'cjs', 'ts', 'json', 'node'],
	// TypeScript wants the name that a compiled sibling would have.
	moduleNameMapper: { '^(\\.{1,2}/.*)\\.mjs$': ['$1.mts', '$1.mjs'] },
	transform: {
		'^.+\\.mts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
		],
		'/dist/.+\\.js$': '<rootDir>/test/support/withSourceMap.cjs',
	},
	// The tests load the built package, as n8n does; the source maps lead back to the sources.
	// V8's own coverage would count in all of n8n too, which takes half as long again.
	coverageProvider: 'babel',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text', 'lcov'],
	reporters: ['default', '<rootDir>/test/support/closingLine.cjs'],
	globalSetup: '<rootDir>/test/support/jestSetup.mjs',
	globalTeardown: '<rootDir>/test/support/jestTeardown.mjs',
	testTimeout: 30_000,
	// Most of what the tests do is waiting.
	maxWorkers: 4,
};
