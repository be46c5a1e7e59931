/** A few hundred of the files that `npm run fuzz` makes a million of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../../src/torch/errors';
import { load } from '../../src/torch/serialization/load';
import { bases, caseOf } from './cases';
import { targets } from './targets';

const list = bases();

test('there are files of many kinds to start from', () => {
  expect(list.length).toBeGreaterThan(30);
  expect(list.filter(({ members }) => members).length).toBeGreaterThan(15);
});

test('a seed and a number make the same file again', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (seed, index) => {
      expect(caseOf(list, seed, index).bytes).toEqual(caseOf(list, seed, index).bytes);
    }),
    { numRuns: 20 },
  );
});

test('most files still open, and some load: the changes reach what lies inside', () => {
  let [opened, loaded] = [0, 0];
  for (let index = 0; index < 300; index++) {
    try {
      load(caseOf(list, 1, index).bytes);
      loaded++;
    } catch (error) {
      if (!(error instanceof PythonError && /miniz|central directory/.test(error.message))) opened++;
    }
  }
  expect(loaded).toBeGreaterThan(5);
  expect(opened).toBeGreaterThan(150);
});

describe.each(targets)('%s', (_, run) => {
  test('raises in known words or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (seed, index) => {
        const { bytes, random } = caseOf(list, seed, index);
        await run(bytes, random);
      }),
      { numRuns: 60 },
    );
  });
});
