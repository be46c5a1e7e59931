import { describe, expect, it } from 'vitest';
import type { FoldView } from '../../notebook/views/inspection';
import { foldsAround, opcodeLines } from './opcode-lines';

const fold = (start: number, end: number): FoldView => ({
  start,
  end,
  key: null,
  words: { id: 'run', params: {} },
  open: false,
});
const folds = [fold(1, 6), fold(1, 3), fold(5, 6), fold(8, 9)];

function shown(open: readonly number[], hidden: readonly number[] = []) {
  const { lines, depths } = opcodeLines({
    count: 11,
    folds,
    isOpen: (i) => open.includes(i),
    isHidden: (i) => hidden.includes(i),
  });
  return [...lines].map((line, i) => `${'.'.repeat(depths[i] ?? 0)}${line < 0 ? `f${-1 - line}` : line}`);
}

describe('the lines of a disassembly', () => {
  it('stand for all opcodes while everything is folded', () =>
    expect(shown([])).toEqual(['0', 'f0', '7', 'f3', '10']));

  it('show what an open fold holds, inner folds closed', () =>
    expect(shown([0])).toEqual(['0', 'f0', '.f1', '.4', '.f2', '7', 'f3', '10']));

  it('nest', () =>
    expect(shown([0, 1, 2, 3])).toEqual([
      ...['0', 'f0', '.f1', '..1', '..2', '..3', '.4', '.f2', '..5', '..6'],
      ...['7', 'f3', '.8', '.9', '10'],
    ]));

  it('keep an inner fold open while the outer one is closed', () =>
    expect(shown([1])).toEqual(['0', 'f0', '7', 'f3', '10']));

  it('leave out hidden opcodes, also in folds', () =>
    expect(shown([0, 1], [2, 7])).toEqual(['0', 'f0', '.f1', '..1', '..3', '.4', '.f2', 'f3', '10']));
});

it('the folds around an opcode are told from the outermost in', () => {
  expect(foldsAround(folds, 2)).toEqual([0, 1]);
  expect(foldsAround(folds, 7)).toEqual([]);
});
