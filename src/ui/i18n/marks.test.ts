import { expect, test } from 'vitest';
import { piecesOf } from './marks';

test('a sentence falls into text and marks', () => {
  expect(piecesOf('plain')).toEqual(['plain']);
  expect(piecesOf('<b>Bold.</b> Then <code>a</code> and <code>b</code>.')).toEqual([
    { mark: 'b', inside: ['Bold.'] },
    ' Then ',
    { mark: 'code', inside: ['a'] },
    ' and ',
    { mark: 'code', inside: ['b'] },
    '.',
  ]);
});

test('code may stand in bold, also at both of its ends', () => {
  expect(piecesOf('<b><code>a</code> is <code>b</code></b>')).toEqual([
    { mark: 'b', inside: [{ mark: 'code', inside: ['a'] }, ' is ', { mark: 'code', inside: ['b'] }] },
  ]);
});

test('what is no mark is text', () => {
  expect(piecesOf('a < b, <i>c</i>, <b>d')).toEqual(['a < b, <i>c</i>, <b>d']);
});
