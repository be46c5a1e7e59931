/** The corpus check itself: it must fail where something differs, as far as a case's tier asks. */
import { describe, expect, test } from 'vitest';
import { compare } from './corpus';
import type { CorpusCase } from './corpus-case';
import type { Actual } from './corpus-run';

const error = { step: 0, type: 'RuntimeError', module: 'builtins', message: 'no' };
const raising: CorpusCase = {
  id: 'x',
  tier: 1,
  structured: true,
  files: [],
  env: {},
  steps: [{ op: 'load', weights_only: false }],
  after: [],
  expect: { outcome: 'error', results: [], error, warnings: [] },
  reportGlobals: null,
};
const same: Actual = { outcome: 'error', results: [], error, warnings: [], globals: [] };

test('an equal outcome passes', () => expect(compare(raising, same)).toEqual([]));

describe('a different one fails', () => {
  const warning = { category: 'UserWarning', message: 'x' } as const;
  test.each<[string, Partial<Actual>]>([
    ['outcome', { outcome: 'ok', error: null }],
    ['refusal', { outcome: 'refused' }],
    ['crash', { outcome: 'crash' }],
    ['class', { error: { ...error, type: 'ValueError' } }],
    ['message', { error: { ...error, message: 'No' } }],
    ['step', { error: { ...error, step: 1 } }],
    ['results', { results: [{ t: 'None' }] }],
    ['warnings', { warnings: [warning] }],
  ])('%s', (_, change) => expect(compare(raising, { ...same, ...change })).not.toEqual([]));
});

test('tier 2 asks for the class, not the text', () => {
  const nearly = { ...same, error: { ...error, message: 'No' } };
  expect(compare({ ...raising, tier: 2 }, nearly)).toEqual([]);
  expect(compare({ ...raising, tier: 2 }, { ...same, error: { ...error, type: 'ValueError' } })).not.toEqual(
    [],
  );
});

test('tier 3 asks for no crash', () => {
  expect(compare({ ...raising, tier: 3 }, { ...same, outcome: 'ok' })).toEqual([]);
  expect(compare({ ...raising, tier: 3 }, { ...same, outcome: 'crash' })).not.toEqual([]);
});

describe('an attack', () => {
  const attack: CorpusCase = {
    ...raising,
    reportGlobals: ['os.system'],
    expect: { outcome: 'ok', results: [{ t: 'None' }], error: null, warnings: [] },
  };
  const refused: Actual = { ...same, outcome: 'refused', globals: ['os.system'] };

  test('passes when it is refused and named', () => expect(compare(attack, refused)).toEqual([]));
  test('fails when a name is left out', () => {
    expect(compare(attack, { ...refused, globals: [] })).not.toEqual([]);
  });
  test('fails when it gives something PyTorch does not give', () => {
    expect(compare(attack, { ...refused, outcome: 'ok', results: [{ t: 'int', v: '1' }] })).not.toEqual([]);
  });
});

describe('the output of a forward', () => {
  const tensor = { t: 'tensor', dtype: 'float32', shape: [1], sha256: 'a', first: [0.5] };
  const forward: CorpusCase = {
    ...raising,
    steps: [{ op: 'forward' }],
    expect: { outcome: 'ok', results: [tensor], error: null, warnings: [] },
  };
  const gives = (value: object): Actual => ({ ...same, outcome: 'ok', error: null, results: [value] });

  test('may differ by rounding', () => {
    expect(compare(forward, gives({ ...tensor, sha256: 'b', first: [0.5 + 3e-7] }))).toEqual([]);
  });
  test('may not differ by more, nor in shape', () => {
    expect(compare(forward, gives({ ...tensor, sha256: 'b', first: [0.5001] }))).not.toEqual([]);
    expect(compare(forward, gives({ ...tensor, sha256: 'b', shape: [1, 1] }))).not.toEqual([]);
  });
  test('is compared exactly when it was loaded', () => {
    const loading = { ...forward, steps: [{ op: 'load' }] };
    expect(compare(loading, gives({ ...tensor, sha256: 'b', first: [0.5 + 3e-7] }))).not.toEqual([]);
  });
});
