/** Kernels where floats are special, and shapes that do not fit. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { ValueId } from '../graph/graph';
import { ReferenceBackend } from '../reference/backend';
import { broadcastIndex, broadcastShape } from './broadcast';

function run(
  inputs: readonly (readonly number[])[],
  build: (b: GraphBuilder, x: readonly ValueId[]) => ValueId,
): number[] {
  const b = new GraphBuilder();
  const values = inputs.map((input, i) => b.input(`x${i}`, [input.length]));
  const graph = b.finish(new Map([['y', build(b, values)]]));
  const feeds = new Map(inputs.map((input, i) => [`x${i}`, Float32Array.from(input)]));
  return [...new ReferenceBackend().runSync(graph, feeds).get('y')!];
}

describe('kernels', () => {
  it('keep nan and -0 in relu, as PyTorch does', () => {
    expect(run([[Number.NaN, -0, 0, -1, Infinity, -Infinity]], (b, [x]) => b.relu(x))).toEqual([
      Number.NaN,
      -0,
      0,
      0,
      Infinity,
      0,
    ]);
  });

  it('let nan win a maximum wherever it stands', () => {
    expect(run([[Number.NaN, 1]], (b, [x]) => b.reduceMax(x, [0], true))).toEqual([Number.NaN]);
    expect(run([[1, Number.NaN]], (b, [x]) => b.reduceMax(x, [0], true))).toEqual([Number.NaN]);
    expect(run([[-Infinity, -Infinity]], (b, [x]) => b.reduceMax(x, [0], true))).toEqual([-Infinity]);
  });

  it('sum in double', () => {
    const values = [16777216, ...new Array<number>(8).fill(1)];
    expect(run([values], (b, [x]) => b.reduceSum(x, [0], true))).toEqual([16777224]);
  });

  it('multiply matrices transposed on either side', () => {
    const product = (transposeA: boolean, transposeB: boolean): number[] => {
      const b = new GraphBuilder();
      const a = b.constant(Float32Array.of(1, 2, 3, 4, 5, 6), transposeA ? [3, 2] : [2, 3]);
      const c = b.constant(Float32Array.of(1, 0, 2, 0, 1, 1), transposeB ? [2, 3] : [3, 2]);
      return [
        ...new ReferenceBackend()
          .runSync(b.finish(new Map([['y', b.matmul(a, c, transposeA, transposeB)]])), new Map())
          .get('y')!,
      ];
    };
    expect(product(false, false)).toEqual([8, 3, 20, 6]);
    expect(product(true, false)).toEqual([12, 5, 16, 6]);
    expect(product(false, true)).toEqual([7, 5, 16, 11]);
    expect(product(true, true)).toEqual([11, 8, 14, 10]);
  });
});

describe('shapes', () => {
  it('broadcast from the last axis', () => {
    expect(broadcastShape([2, 1, 3], [4, 1])).toEqual([2, 4, 3]);
    expect([...broadcastIndex([2, 1], [2, 3])]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...broadcastIndex([3], [2, 3])]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...broadcastIndex([], [2])]).toEqual([0, 0]);
  });

  it('that do not fit make no graph', () => {
    const b = new GraphBuilder();
    const x = b.input('x', [2, 3]);
    const y = b.input('y', [2, 2]);
    expect(() => b.add(x, y)).toThrow('do not broadcast');
    expect(() => b.matmul(x, y)).toThrow('matmul of 2x3 and 2x2');
    expect(() => b.reshape(x, [4])).toThrow('cannot be reshaped');
    expect(() => b.expand(x, [3])).toThrow('cannot be expanded');
    expect(() => b.reduceSum(x, [2])).toThrow('no axes');
    expect(() => b.input('x', [3])).toThrow('two shapes');
  });
});
