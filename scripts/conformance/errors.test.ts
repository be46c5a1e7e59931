/** Errors and warnings of committed cases. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorResults } from './errors';

const dir = fileURLToPath(new URL('../../src/torch/testdata/errors', import.meta.url));

describe('errors and warnings', async () => {
  const results = await errorResults(dir);

  it('are there to compare', () => {
    expect(results.length).toBeGreaterThan(500);
  });

  it.each(results)('$id', ({ want, got, status }) => {
    expect(got).toBe(want);
    expect(status).toBe('passed');
  });
});
