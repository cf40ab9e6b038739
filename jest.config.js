/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/{unit,integration}/**/*.test.mts'],
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['mts', 'js', 'mjs', 'cjs', 'ts', 'json', 'node'],
	transform: {
		'^.+\\.mts$': ['ts-jest', { useESM: true, tsconfig: 'test/tsconfig.json' }],
	},
	// The tests load the built package, as n8n does; the source maps lead back to the sources.
	coverageProvider: 'v8',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text', 'lcov'],
	testTimeout: 30_000,
};
