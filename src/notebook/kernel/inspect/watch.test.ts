/** Long readings tell how far they are, and stop when they are no longer wanted. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MemorySource } from '../../../torch/serialization/byte-source';
import type { InspectionRequest } from './inspections';
import { Inspector } from './inspector';

const bytes = new Uint8Array(
  readFileSync(new URL('../../../torch/serialization/testdata/mlp_state_dict.pth', import.meta.url)),
);
const sources = new Map(['a.pth', 'b.pth'].map((name) => [name, new MemorySource(bytes)]));
const inspector = new Inspector((name) => sources.get(name) ?? null);
const tensors = [0, 1, 2];

const long: readonly InspectionRequest[] = [
  { about: 'statistics', file: 'a.pth', tensors },
  { about: 'records', file: 'a.pth' },
  { about: 'differences', left: 'a.pth', right: 'b.pth', pairs: tensors.map((i) => [i, i]) },
  { about: 'export', file: 'a.pth', as: { format: 'safetensors' } },
  { about: 'export', file: 'a.pth', as: { format: 'npz' } },
  { about: 'export', file: 'a.pth', as: { format: 'csv', tensor: 0 } },
];

describe.each(long)('$about $as.format', (request) => {
  test('goes from nothing to all, never back', async () => {
    const seen: number[] = [];
    const totals = new Set<number>();
    await inspector.answer(request, {
      onProgress: (done, total) => {
        seen.push(done);
        totals.add(total);
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([...totals]).toEqual([seen.at(-1)]);
  });

  test('stops where it is, and answers nothing', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      controller.abort();
    };
    controller.abort();
    expect(await inspector.answer(request, { signal: controller.signal, onProgress })).toBeNull();
    expect(seen).toEqual([]);
    expect(await inspector.answer(request)).not.toBeNull();
  });
});

test('what was stopped after its first tensor has read no second', async () => {
  const controller = new AbortController();
  const seen: (readonly [done: number, total: number])[] = [];
  const answer = await inspector.answer(long[0]!, {
    signal: controller.signal,
    onProgress: (done, total) => {
      seen.push([done, total]);
      controller.abort();
    },
  });
  expect(answer).toBeNull();
  expect(seen.length).toBeGreaterThan(0);
  for (const [done, total] of seen) expect(done).toBeLessThan(total);
});
