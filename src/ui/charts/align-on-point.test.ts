import { describe, expect, it } from 'vitest';
import { alignOnPoint } from './align-on-point';

const column = (rows: string[][]) => rows.map((row) => row[1]!.replaceAll('\u2007', '_'));

describe('alignOnPoint', () => {
  it('puts the points of a column under each other', () => {
    const rows = [
      ['0', '1.25'],
      ['1', '\u22120.00764'],
      ['2', '0'],
      ['3', '12.5'],
    ];
    expect(column(alignOnPoint(rows))).toEqual(['1.25___', '\u22120.00764', '0______', '12.5____']);
  });

  it('leaves words, powers of ten and row names alone', () => {
    const rows = [
      ['1.5', 'dropped'],
      ['20', '1e\u22127'],
      ['3', ''],
      ['4', '0.5'],
    ];
    expect(alignOnPoint(rows)).toEqual(rows);
  });

  it('does nothing to whole numbers', () => {
    expect(
      alignOnPoint([
        ['a', '1'],
        ['b', '0'],
      ]),
    ).toEqual([
      ['a', '1'],
      ['b', '0'],
    ]);
  });
});
