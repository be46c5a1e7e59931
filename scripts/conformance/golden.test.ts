/** The engine against the committed golden cases. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ReferenceBackend } from '../../src/engine';
import { type CaseResult, goldenResults } from './golden';

const dir = fileURLToPath(new URL('../../src/engine/testdata/golden', import.meta.url));

async function resultsOf(backend: ReferenceBackend): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of goldenResults(dir, backend)) results.push(result);
  return results;
}

describe('golden cases', async () => {
  const results = await resultsOf(new ReferenceBackend());

  it('are found', () => {
    expect(results.filter(({ worst }) => worst !== undefined).length).toBeGreaterThanOrEqual(11);
  });

  it.each(results)('$name', ({ differences }) => {
    expect(differences).toEqual([]);
  });
});
