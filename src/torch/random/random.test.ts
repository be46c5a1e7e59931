import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Dropout } from '../nn/dropout';
import { createLayer } from '../nn/layer-class';
import { layerClasses } from '../nn/registry';
import { PyFloat } from '../python/values';
import { bernoulli, bernoulliTensor, randint, random63, randperm, uniform, uniform64 } from './distributions';
import { fma32 } from './fma';
import { Generator } from './generator';
import { normal, normal64 } from './normal';
import fixture from './testdata/draws.json';

const hex = (values: Float32Array): string => Buffer.from(values.buffer).toString('hex');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);

function dropout(): Dropout {
  const call = { args: [new PyFloat(0.3)], kwargs: new Map() };
  return createLayer(layerClasses.get('Dropout')!, call, new Generator(0)) as Dropout;
}

describe.each(fixture.draws)('seed $seed draws as torch does:', (expected) => {
  const seed = BigInt(expected.seed);
  /** The draw, and the one after it: PyTorch and we must have taken equally many. */
  const drawn = <T>(draw: (generator: Generator) => T): [T, number] => {
    const generator = new Generator(seed);
    return [draw(generator), randint(generator, 1, 0, 2 ** 24)[0]];
  };

  test('initial_seed', () => {
    expect(String(new Generator(seed).initialSeed())).toBe(expected.initial_seed);
  });
  test('uniform_', () => {
    expect(drawn((g) => hex(uniform(g, 7, -0.3333, 0.25)))).toEqual([
      expected.uniform,
      expected.uniform_next,
    ]);
    expect(drawn((g) => sha256(bytesOf(uniform(g, 5000, -0.5773, 0.5773))))).toEqual([
      expected.uniform_long,
      expected.uniform_long_next,
    ]);
  });
  test('bernoulli_', () => {
    expect(drawn((g) => [...bernoulli(g, 40, 0.7)])).toEqual([expected.bernoulli, expected.bernoulli_next]);
  });
  test('Dropout: mask and kept factor', () => {
    expect(drawn((g) => [...dropout().drawMask(g, [8, 16])!])).toEqual([
      expected.dropout,
      expected.dropout_next,
    ]);
    expect(hex(Float32Array.of(dropout().keptFactor))).toBe(expected.dropout_kept);
  });
  test('randn, small and large, and the normal it keeps', () => {
    const sizes = [3, 5, 16, 4, 1, 20, 2];
    expect(drawn((g) => hex(Float32Array.from(sizes.flatMap((n) => [...normal(g, n)]))))).toEqual([
      expected.randn,
      expected.randn_next,
    ]);
    expect(drawn((g) => sha256(bytesOf(normal(g, 5001, 0.1, 0.02))))).toEqual([
      expected.normal,
      expected.normal_next,
    ]);
  });
  test('randn of float64, to 2 ulp', () => {
    const [values, next] = drawn((g) => normal64(g, 37));
    expect(next).toBe(expected.randn64_next);
    for (const [i, value] of values.entries()) {
      const want = expected.randn64[i];
      expect(Math.abs(value - want)).toBeLessThanOrEqual(
        2 * 2 ** (Math.floor(Math.log2(Math.abs(want))) - 52),
      );
    }
  });
  test('bernoulli of a tensor, uniform_ of float64', () => {
    const probabilities = new Float32Array(40).fill(0.3);
    expect(drawn((g) => [...bernoulliTensor(g, probabilities)])).toEqual([
      expected.bernoulli_tensor,
      expected.bernoulli_tensor_next,
    ]);
    expect(drawn((g) => [...uniform64(g, 5)])).toEqual([expected.uniform64, expected.uniform64_next]);
  });
  test('randint and randperm', () => {
    expect(drawn((g) => randint(g, 20, -3, 10))).toEqual([expected.randint, expected.randint_next]);
    expect(drawn((g) => randint(g, 5, 0, 2 ** 31))).toEqual([
      expected.randint_wide,
      expected.randint_wide_next,
    ]);
    expect(drawn((g) => randperm(g, 37))).toEqual([expected.randperm, expected.randperm_next]);
  });
  test('random_ of int64', () => {
    expect(drawn((g) => [0, 1, 2].map(() => String(random63(g))))).toEqual([
      expected.random63,
      expected.random63_next,
    ]);
  });
  test('Linear(300, 100)', () => {
    const [digest, next] = drawn((g) => {
      const layer = createLayer(layerClasses.get('Linear')!, { args: [300, 100], kwargs: new Map() }, g);
      return sha256(Buffer.concat([...layer.parameters.values()].map((p) => p!.contiguousBytes())));
    });
    expect([digest, next]).toEqual([expected.linear, expected.linear_next]);
  });
  test('get_rng_state, and a state taken back', () => {
    const generator = new Generator(seed);
    expect(sha256(generator.getState())).toBe(expected.state);
    uniform(generator, 1000);
    const state = generator.getState();
    expect(sha256(state)).toBe(expected.state_after_1000);
    const other = new Generator(1).setState(state);
    expect(other.random()).toBe(generator.random());
  });
});

describe('what torch refuses', () => {
  test('seeds beyond 64 bits', () => {
    expect(() => new Generator(2n ** 64n)).toThrow('Overflow when unpacking long long');
  });
  test('states that are none', () => {
    const generator = new Generator(0);
    expect(() => generator.setState(new Uint8Array(10))).toThrow(
      'Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 10',
    );
    expect(() => generator.setState(new Uint8Array(5056))).toThrow('Invalid mt19937 state');
  });
});

test('fma32 rounds once where two roundings differ', () => {
  const [a, b, c] = [1 + 2 ** -23, 1 + 2 ** -23, -1].map(Math.fround);
  // (1 + e)^2 - 1 = 2e + e^2 exactly; rounding the product first would lose e^2.
  expect(fma32(a, b, c)).toBe(Math.fround(2 ** -22 + 2 ** -46));
  // A sum on the middle of two float32 with a remainder below what a double holds.
  expect(fma32(Math.fround(2 ** -30), Math.fround(2 ** -30), Math.fround(1 + 2 ** -23))).toBe(
    Math.fround(1 + 2 ** -23),
  );
});
