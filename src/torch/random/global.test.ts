/** torch.manual_seed, generator states and fork_rng, as PyTorch recorded them. */
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyTuple,
  type PyValue,
} from '../python/values';
import { Storage, Tensor } from '../tensor';
import { uniform } from './distributions';
import { Generator } from './generator';
import { forkRng, generatorManualSeed, getRngState, manualSeed, setRngState } from './global';
import seeds from './testdata/seeds.json';
import states from './testdata/states.json';

function float(text: string): PyFloat {
  return new PyFloat(Number(text.replace('inf', 'Infinity').replace('nan', 'NaN')));
}

function seedValue([kind, text]: readonly string[]): PyValue {
  const make: Record<string, () => PyValue> = {
    int: () => BigInt(text),
    float: () => float(text),
    str: () => text,
    bool: () => text === 'True',
    NoneType: () => null,
    list: () => [],
    tuple: () => new PyTuple([]),
    dict: () => new PyDict(),
    complex: () => new PyComplex(0, 1),
    bytes: () => new PyBytes(Uint8Array.from(text, (char) => char.charCodeAt(0))),
    dtype: () => new PyDType('float32'),
    device: () => new PyDevice('cpu'),
    Tensor: () =>
      text.includes('.') ? Tensor.float32([Number(text)], []) : Tensor.int64([Number(text)], []),
  };
  return make[kind]();
}

function outcome(run: () => unknown): unknown {
  try {
    return { value: String(run()) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { error: { type: error.type, message: error.message } };
  }
}

describe.each(seeds.map((row) => ({ ...row, name: row.seed.join(' ') })))('a seed of $name', (row) => {
  test('torch.manual_seed', () => {
    const generator = new Generator();
    expect(outcome(() => manualSeed(generator, seedValue(row.seed)).initialSeed())).toEqual(row.torch);
  });
  test('Generator.manual_seed', () => {
    const generator = new Generator();
    expect(outcome(() => generatorManualSeed(generator, seedValue(row.seed)).initialSeed())).toEqual(
      row.generator,
    );
  });
});

test.each(states)('a state: $name', ({ offset, hex, error, next, seed }) => {
  const generator = new Generator(3);
  const bytes = generator.getState();
  bytes.set(Buffer.from(hex, 'hex'), offset);
  const state = new Tensor(new Storage('uint8', bytes), [bytes.length]);
  if (error) expect(() => setRngState(generator, state)).toThrow(expect.objectContaining(error));
  else setRngState(generator, state);
  expect(String(generator.initialSeed())).toBe(seed);
  expect([...uniform(generator, 2)]).toEqual(next);
});

describe('set_rng_state', () => {
  const uint8 = (n: number): Storage => new Storage('uint8', new Uint8Array(n));
  test.each<[PyValue, string]>([
    [null, 'TypeError: expected a torch.ByteTensor, but got NoneType'],
    [[1], 'TypeError: expected a torch.ByteTensor, but got list'],
    [Tensor.float32([1], [1]), 'TypeError: RNG state must be a torch.ByteTensor'],
    [new Tensor(uint8(10112), [5056], { stride: [2] }), 'RuntimeError: RNG state must be contiguous'],
    [
      new Tensor(uint8(10), [10]),
      'RuntimeError: Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 10',
    ],
  ])('refuses %s', (state, shown) => {
    expect(() => setRngState(new Generator(), state)).toThrow(expect.objectContaining({ shown }));
  });

  test('takes what get_rng_state gave', () => {
    const generator = new Generator(5);
    const state = getRngState(generator);
    const first = uniform(generator, 700);
    expect(uniform(setRngState(generator, state), 700)).toEqual(first);
  });
});

test('a fresh Generator starts at the seed PyTorch starts at', () => {
  expect(new Generator().initialSeed()).toBe(67280421310721n);
});

test('fork_rng takes back what was drawn, also after an error', () => {
  const generator = new Generator(5);
  const expected = uniform(new Generator(5), 4);
  const first = uniform(generator, 2);
  forkRng(generator, () => uniform(manualSeed(generator, 1), 3));
  expect(() =>
    forkRng(generator, () => {
      generator.random();
      throw new Error('inside');
    }),
  ).toThrow('inside');
  expect(Float32Array.of(...first, ...uniform(generator, 2))).toEqual(expected);
  expect(generator.draws).toBe(4);
});
