import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { randperm, uniform } from '../random/distributions';
import { Generator } from '../random/generator';
import { epoch } from './dataloader';
import { rowsOf, twoMoons } from './moons';
import moons from './moons.json';

describe('two moons', () => {
  test('are the bytes PyTorch made', () => {
    const digest = createHash('sha256').update(new Uint8Array(twoMoons.x.buffer)).digest('hex');
    expect(digest).toBe(moons.sha256);
  });

  test('follow from the generator: angle, noise and order are its draws', () => {
    const generator = new Generator(0);
    const half = twoMoons.n / 2;
    const angle = uniform(generator, half).map((t) => Math.fround(t * Math.PI));
    const noise = uniform(generator, twoMoons.n * 2);
    const order = randperm(generator, twoMoons.n);
    for (const [at, row] of order.entries()) {
      const inner = row >= half;
      const t = angle[inner ? row - half : row];
      const [px, py] = inner ? [1 - Math.cos(t), 0.5 - Math.sin(t)] : [Math.cos(t), Math.sin(t)];
      expect(twoMoons.x[2 * at]).toBeCloseTo(px + 0.3 * (2 * noise[2 * row] - 1), 6);
      expect(twoMoons.x[2 * at + 1]).toBeCloseTo(py + 0.3 * (2 * noise[2 * row + 1] - 1), 6);
      expect(twoMoons.y[at]).toBe(inner ? 1 : 0);
    }
  });

  test('rowsOf picks rows in order', () => {
    expect([...rowsOf(twoMoons, [3, 1])]).toEqual([
      ...twoMoons.x.subarray(6, 8),
      ...twoMoons.x.subarray(2, 4),
    ]);
  });
});

describe('DataLoader', () => {
  // torch.manual_seed(0); loader = DataLoader(range(10), shuffle=True); [int(i) for i in loader], twice
  test('visits in the order of torch, epoch after epoch', () => {
    const generator = new Generator(0);
    const options = { batchSize: 1, shuffle: true };
    expect(epoch(generator, 10, options).flat()).toEqual([6, 7, 1, 4, 2, 0, 9, 8, 3, 5]);
    expect(epoch(generator, 10, options).flat()).toEqual([2, 4, 7, 0, 8, 9, 5, 3, 6, 1]);
  });

  test('drops the short last batch only when told to', () => {
    const sizes = (dropLast: boolean) =>
      epoch(new Generator(1), 10, { batchSize: 4, shuffle: false, dropLast }).map((b) => b.length);
    expect(sizes(false)).toEqual([4, 4, 2]);
    expect(sizes(true)).toEqual([4, 4]);
  });
});
