/** The committed golden cases on level 2, which runs in Node as well. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openBackend } from './backends';
import { type CaseResult, goldenResults } from './golden';

const dir = fileURLToPath(new URL('../../src/engine/testdata/golden', import.meta.url));

describe('golden cases on WASM', async () => {
  const backend = await openBackend('wasm');
  const results: CaseResult[] = [];
  for await (const result of goldenResults(dir, backend)) results.push(result);
  await backend.dispose();

  it('are found', () => {
    expect(results.filter(({ worst }) => worst !== undefined).length).toBeGreaterThanOrEqual(11);
  });

  it.each(results)('$name', ({ differences }) => {
    expect(differences).toEqual([]);
  });
});
