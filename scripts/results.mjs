/** Reads what the test runners report, so that `npm test` adds up tests and never just exit codes. */

/**
 * What was skipped counts as neither passed nor failed; `notRun` says in a line each what it was, and why.
 * @typedef {{ passed: number, failed: number, skipped: number, notRun: string[] }} Result
 */

/** @param {boolean} ok @returns {Result} a check that is one thing, such as the build */
export function single(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, notRun: [] };
}

/** @param {string} what @returns {Result} a whole part that cannot be run here */
export function notRun(what) {
  return { passed: 0, failed: 0, skipped: 1, notRun: [what] };
}

/**
 * @param {Result} result @param {boolean} ok whether the runner itself ended well
 * @returns {Result} with a failure more where the runner failed and no test says so
 */
export function withExit(result, ok) {
  const silent = result.passed + result.failed + result.skipped === 0;
  return { ...result, failed: result.failed + ((!ok && result.failed === 0) || silent ? 1 : 0) };
}

/**
 * @param {any} report of vitest's json reporter
 * @returns {Result}
 */
export function fromVitest(report) {
  const result = /** @type {Result} */ ({ passed: 0, failed: 0, skipped: 0, notRun: [] });
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') result.passed++;
      else if (test.status === 'failed') result.failed++;
      else {
        result.skipped++;
        result.notRun.push(`${test.fullName} (${test.status})`);
      }
    }
    // A file that cannot be loaded has no test to fail.
    const failed = file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed');
    if (file.status === 'failed' && !failed) result.failed++;
  }
  return result;
}

/**
 * @param {any} report of Playwright's json reporter
 * @returns {Result}
 */
export function fromPlaywright(report) {
  const result = /** @type {Result} */ ({ passed: 0, failed: report.errors.length, skipped: 0, notRun: [] });
  const visit = (/** @type {any} */ suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const spec of suite.specs ?? []) for (const test of spec.tests) count(result, spec, test);
  };
  for (const suite of report.suites) visit(suite);
  return result;
}

/** @param {Result} result @param {any} spec @param {any} test */
function count(result, spec, test) {
  if (test.status === 'expected') result.passed++;
  else if (test.status !== 'skipped') result.failed++;
  else {
    const reason = test.annotations.find((/** @type {any} */ note) => note.type === 'skip')?.description;
    result.skipped++;
    result.notRun.push(`[${test.projectName}] ${spec.title} (${reason ?? 'no reason given'})`);
  }
}

/**
 * @param {string} output of a command that closes with `N passed, N failed[, N skipped]`
 * @param {string} name of the cases
 * @returns {Result | undefined} nothing where no such line stands
 */
export function fromClosingLine(output, name) {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm)];
  const [, passed, failed, skipped = '0'] = lines.at(-1) ?? [];
  if (passed === undefined || failed === undefined) return undefined;
  const count = Number(skipped);
  const notRun = count > 0 ? [`${count} cases of ${name} (each named where it was met)`] : [];
  return { passed: Number(passed), failed: Number(failed), skipped: count, notRun };
}

/** @param {Result} sum */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
