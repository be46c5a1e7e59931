import { expect, test } from 'vitest';
import type { DescribedValue } from '../../notebook/views/inspection';
import { childrenOf, leftOut, valueText } from './value-text';

const int = (text: string): DescribedValue => ({ kind: 'int', text });
const str = (value: string): DescribedValue => ({ kind: 'str', value, length: value.length });
const dict = (...entries: (readonly [DescribedValue, DescribedValue])[]): DescribedValue => ({
  kind: 'dict',
  className: 'dict',
  entries,
  attributes: null,
});
const more = (count: number): DescribedValue => ({ kind: 'more', count });

test.each<[DescribedValue, string]>([
  [{ kind: 'none' }, 'None'],
  [{ kind: 'float', value: 1e-5 }, '1e-05'],
  [str("it's"), '"it\'s"'],
  [{ kind: 'size', items: [int('2'), int('3')] }, 'torch.Size([2, 3])'],
  [{ kind: 'bytes', length: 3, head: new Uint8Array(3), mutable: false }, 'bytes(3)'],
])('%j reads %s', (value, text) => expect(valueText(value)).toBe(text));

test('values of a dict lie behind their keys', () => {
  const value = dict(
    [str('lr'), { kind: 'float', value: 0.1 }],
    [str('params'), { kind: 'list', items: [] }],
  );
  expect(childrenOf(value).map(({ label, path }) => [label, path])).toEqual([
    ["'lr'", [1]],
    ["'params'", [3]],
  ]);
});

test('what was left out is counted, not listed', () => {
  expect(childrenOf(dict([int('0'), int('1')], [more(7), more(7)])).length).toBe(1);
  expect(leftOut(dict([int('0'), int('1')], [more(7), more(7)]))).toBe(7);
  expect(leftOut({ kind: 'list', items: [int('0'), more(3)] })).toBe(3);
  expect(leftOut({ kind: 'list', items: [int('0')] })).toBe(0);
});

test('what an outline was too shallow for can be unfolded', () => {
  expect(childrenOf({ kind: 'list', items: [more(0)] })).toHaveLength(1);
});
