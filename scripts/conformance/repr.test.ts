/** Printed text of committed cases, and the interpreter that runs their source. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { run } from './python/interpret';
import { shown } from './python/shown';
import { NotExpressible } from './python/syntax';
import { World } from './python/world';
import { reprResults } from './repr';

const dir = fileURLToPath(new URL('../../src/torch/repr/testdata', import.meta.url));

describe('printed text', async () => {
  const results = await reprResults(dir);

  it('is there to compare', () => {
    expect(results.length).toBeGreaterThan(60);
  });

  it.each(results)('$name', ({ want, got, status }) => {
    expect(got).toBe(want);
    expect(status).toBe('passed');
  });
});

describe('the interpreter', () => {
  const value = async (source: string): Promise<string> => {
    const world = new World();
    return shown(await run(source, world), world);
  };

  test.each([
    ['x = 1; y = [x, 2.0, -3]; out = y', '[1, 2.0, -3]'],
    ['2 ** 3 * 2 - 1', '15'],
    ['zeros(2, 0).shape, None', '(torch.Size([2, 0]), None)'],
    ["{'a': (1,), 'b': [True]}", "{'a': (1,), 'b': [True]}"],
    ['[i for i in range(3)] * 2', '[0, 1, 2, 0, 1, 2]'],
    ['x = 0.125; f"{x} {x:.2f} {x:.1e}: {[1]}"', '0.125 0.12 1.2e-01: [1]'],
    ['f"{tensor(0.5)} {tensor(2):.1f}"', '0.5 2.0'],
    ['x = 1; x += 2; out = x', '3'],
    ['zeros(2) + 1', 'tensor([1., 1.])'],
    ['tensor([[1, 2], [3, 4]])', 'tensor([[1, 2],\n        [3, 4]])'],
    [
      'class A(nn.Module):\n  def __init__(self, n):\n    super().__init__()\n    self.f = nn.Tanh()\nA(2)',
      'A(\n  (f): Tanh()\n)',
    ],
  ])('%s', async (source, text) => {
    expect(await value(source)).toBe(text);
  });

  test.each([
    'lambda: 1',
    'nn.Nothing()',
    'zeros(2) > 1',
    'zeros(2)[0]',
    'torch.cat([zeros(2)])',
    'try: pass',
    'f"{1!r}"',
    'unknown',
  ])('does not pretend to run %s', async (source) => {
    await expect(value(source)).rejects.toThrow(NotExpressible);
  });
});
