/** Memory that is used again must not change a number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { Graph, ValueId } from '../graph/graph';
import { ReferenceBackend } from './backend';

const move = fc.tuple(fc.nat(7), fc.nat(), fc.nat());

/** A graph of random arithmetic on (2, 3), with views in between. */
function randomGraph(moves: readonly (readonly [number, number, number])[]): { last: Graph; all: Graph } {
  const b = new GraphBuilder();
  const values: ValueId[] = [b.input('x', [2, 3]), b.input('y', [2, 3])];
  for (const [kind, i, j] of moves) {
    const [a, c] = [values[i % values.length], values[j % values.length]];
    const makers = [
      () => b.add(a, c),
      () => b.sub(a, c),
      () => b.mul(a, c),
      () => b.relu(a),
      () => b.detach(a),
      () => b.reshape(b.neg(b.reshape(a, [6])), [2, 3]),
      () => b.add(a, b.reduceMean(c, [0])),
      () => b.matmul(a, b.matmul(c, a, true, false)),
    ];
    values.push(makers[kind]());
  }
  const named = values.map((value, i) => [`v${i}`, value] as const);
  return { last: b.finish(new Map(named.slice(-1))), all: b.finish(new Map(named)) };
}

describe('a plan', () => {
  it('gives the same with shared memory as with a buffer per value, run after run', () => {
    const backend = new ReferenceBackend();
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), (moves) => {
        const { last, all } = randomGraph(moves);
        for (const scale of [1, -0.5]) {
          const feeds = new Map([
            ['x', Float32Array.of(0.5, -1, 0.25, 2, 0, -0.75).map((v) => v * scale)],
            ['y', Float32Array.of(-0.5, 1.5, 1, -0.25, 0.125, 1).map((v) => v * scale)],
          ]);
          const [name, values] = [...backend.runSync(last, feeds)][0];
          expect(values).toEqual(backend.runSync(all, feeds).get(name));
        }
      }),
    );
  });

  it('says which input is missing or of another size', () => {
    const b = new GraphBuilder();
    const graph = b.finish(new Map([['y', b.neg(b.input('x', [2]))]]));
    const backend = new ReferenceBackend();
    expect(() => backend.runSync(graph, new Map())).toThrow('nothing is named x');
    expect(() => backend.runSync(graph, new Map([['x', new Float32Array(3)]]))).toThrow(
      'x takes 2 values, not 3',
    );
  });
});
