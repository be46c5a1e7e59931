import { describe, expect, it } from 'vitest';
import {
  formatFactor,
  formatFixed,
  formatFull,
  formatShape,
  formatShare,
  formatTable,
  formatUnit,
} from './number-format';

describe('formatUnit', () => {
  it('writes two decimals with U+2212', () => {
    expect(formatUnit(-0.3504)).toBe('\u22120.35');
    expect(formatUnit(1.2168)).toBe('1.22');
    expect(formatUnit(0)).toBe('0.00');
  });

  it('has no negative zero', () => {
    expect(formatUnit(-0.0004)).toBe('0.00');
    expect(formatUnit(-0)).toBe('0.00');
  });

  it('never takes more than six characters, whatever the size', () => {
    for (const value of [99.994, -99.99, 123.45, -999.94, 1234.5, -9999.4, 12_345, -4.2e9, 1e30]) {
      expect(formatUnit(value).length, String(value)).toBeLessThanOrEqual(6);
    }
    expect(formatUnit(-4.2e9)).toBe('\u22124e9');
  });

  it('names what is not a number as PyTorch does', () => {
    expect(formatUnit(Number.NaN)).toBe('nan');
    expect(formatUnit(Number.NEGATIVE_INFINITY)).toBe('\u2212inf');
    expect(formatTable(Number.POSITIVE_INFINITY)).toBe('inf');
  });
});

describe('formatFull', () => {
  it('is the shortest text of a float32', () => {
    expect(formatFull(Math.fround(0.1))).toBe('0.1');
    expect(formatFull(Math.fround(-0.35037553))).toBe('\u22120.35037553');
    expect(formatFull(Math.fround(1e-7))).toBe('1e\u22127');
  });

  it('reads back as the same float32', () => {
    for (const value of [1 / 3, 2 ** -126, 3.4e38, 16_777_217, 0.7294138]) {
      const single = Math.fround(value);
      expect(Math.fround(Number(formatFull(single).replaceAll('\u2212', '-')))).toBe(single);
    }
  });
});

describe('the others', () => {
  it('keep their decimals', () => {
    expect(formatTable(0.9125)).toBe('0.9125');
    expect(formatFixed(2e7, 2)).toBe('2.00e+7');
    expect(formatFactor(2)).toBe('2');
    expect(formatFactor(1 / 0.6)).toBe('1.6667');
    expect(formatShare(0.935)).toBe('93.5%');
    expect(formatShape([8, 16])).toBe('[8, 16]');
  });
});
