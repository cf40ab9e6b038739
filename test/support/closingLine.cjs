/** A jest reporter that closes the run with one plain line, for people and scripts that read only the end. */
module.exports = class ClosingLine {
	onRunComplete(
		_contexts,
		{ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites },
	) {
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
		process.stdout.write(`Tests: ${numPassedTests} passed, ${failed} failed${skipped}\n`);
	}
};
