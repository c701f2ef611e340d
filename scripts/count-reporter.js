/** A jest reporter that ends the run with one line: `N passed, N failed`. A run without any test fails. */
export default class CountReporter {
  #empty = false;

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    this.#empty = numPassedTests + failed === 0;
    // After jest's own summary.
    process.once('exit', () => process.stderr.write(`\n${numPassedTests} passed, ${failed} failed\n`));
  }

  getLastError() {
    return this.#empty ? new Error('No test ran.') : undefined;
  }
}
