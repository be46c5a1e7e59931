/** What is skipped or broken must never be counted as passed. */
import { describe, expect, test } from 'vitest';
import { closingLine, fromClosingLine, fromPlaywright, fromVitest, withExit } from './results.mjs';

const none = { passed: 0, failed: 0, skipped: 0, notRun: [] };

describe('vitest', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((each, i) => ({ fullName: `test ${i}`, status: each })),
  });

  test('counts each kind apart', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'skipped', 'todo')] };
    expect(fromVitest(report)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 2,
      notRun: ['test 2 (skipped)', 'test 3 (todo)'],
    });
  });

  test('counts a file that does not load as a failure', () => {
    expect(fromVitest({ testResults: [file('failed'), file('passed', 'passed')] })).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });
});

describe('Playwright', () => {
  const spec = (status: string, annotations: object[] = []) => ({
    title: 'trains',
    tests: [{ status, projectName: 'webgpu', annotations }],
  });

  test('counts nested suites, flaky tests as failures, and names what was not run', () => {
    const skip = { type: 'skip', description: 'no WebGPU adapter answers' };
    const suites = [
      {
        specs: [spec('expected')],
        suites: [{ specs: [spec('flaky'), spec('unexpected'), spec('skipped', [skip])] }],
      },
    ];
    expect(fromPlaywright({ errors: [], suites })).toEqual({
      passed: 1,
      failed: 2,
      skipped: 1,
      notRun: ['[webgpu] trains (no WebGPU adapter answers)'],
    });
  });

  test('counts an error outside of any test', () => {
    expect(fromPlaywright({ errors: [{}], suites: [] }).failed).toBe(1);
  });
});

describe('closing line', () => {
  test('is read from the last such line', () => {
    const result = fromClosingLine('1 passed, 0 failed\nmore\n3 passed, 1 failed, 2 skipped\n', 'golden');
    expect(result).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
  });

  test('is nothing where there is none', () => {
    expect(fromClosingLine('all 3 passed, 1 failed', 'golden')).toBeUndefined();
  });

  test('is written with skips only where there are some', () => {
    expect(closingLine({ ...none, passed: 2 })).toBe('2 passed, 0 failed');
    expect(closingLine({ ...none, skipped: 1 })).toBe('0 passed, 0 failed, 1 skipped');
  });
});

test('a runner that fails without a failed test, or runs none, is a failure', () => {
  expect(withExit({ ...none, passed: 5 }, false).failed).toBe(1);
  expect(withExit(none, true).failed).toBe(1);
  expect(withExit({ ...none, failed: 2 }, false).failed).toBe(2);
  expect(withExit({ ...none, passed: 5 }, true).failed).toBe(0);
});
