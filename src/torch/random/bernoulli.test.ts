/** Masks are drawn in blocks; each must be what one draw after the other gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bernoulli } from './distributions';
import { Generator } from './generator';

/** ATen's loop: `uniform < p` for each element. */
function oneByOne(generator: Generator, n: number, p: number): Uint8Array {
  return Uint8Array.from({ length: n }, () => (generator.uniform53() < p ? 1 : 0));
}

describe('bernoulli_', () => {
  it('is the loop over single draws, wherever a block of the generator ends', () => {
    fc.assert(
      fc.property(
        fc.nat(1300),
        fc.nat(1500),
        fc.oneof(fc.double({ min: 0, max: 1 }), fc.constant(Number.NaN)),
        (drawn, n, p) => {
          const [blocks, loop] = [new Generator(drawn), new Generator(drawn)];
          for (const generator of [blocks, loop]) for (let i = 0; i < drawn; i++) generator.random();
          expect(bernoulli(blocks, n, p)).toEqual(oneByOne(loop, n, p));
          expect(blocks.getState()).toEqual(loop.getState());
          expect(blocks.draws).toBe(loop.draws);
        },
      ),
    );
  });

  it('looks at all 53 bits where 21 do not decide', () => {
    for (let seed = 0; seed < 50; seed++) {
      const value = new Generator(seed).uniform53();
      const above = value + 2 ** -53;
      expect([...bernoulli(new Generator(seed), 1, value)]).toEqual([0]);
      expect([...bernoulli(new Generator(seed), 1, above)]).toEqual([1]);
    }
  });
});
