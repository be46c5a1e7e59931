/** Arguments that protocol 0 writes as lines of text, with the errors CPython's C unpickler raises for them (Modules/_pickle.c). */
import { PythonError } from '../../errors';
import { LimitRefusal, limits } from '../refusal';
import { smallInt } from './cursor';

/** A byte in "invalid load key": printable ASCII as it is, the rest escaped. */
export function shownByte(byte: number): string {
  const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
  return plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}

export function parseInteger(text: string, problem: string): number | bigint {
  const digits = text.trim();
  if (!/^[-+]?\d+$/.test(digits)) throw new PythonError('ValueError', problem);
  if (digits.length > limits.integerBytes)
    throw new LimitRefusal('integerBytes', `an integer of ${digits.length} digits`);
  return smallInt(BigInt(digits.replace(/^\+/, '')));
}

function specialFloat(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Protocol 0 text: `\uXXXX` escapes in latin-1. */
export function rawUnicodeEscape(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\U([0-9a-fA-F]{8})/g, (whole, hex: string) => {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}

/** `F1.5` */
export function parseFloatText(line: string): number {
  const text = line.trim();
  const value = /^[-+]?(inf|nan)$/i.test(text) ? specialFloat(text) : Number(text);
  if (text === '' || (Number.isNaN(value) && !/nan/i.test(text))) {
    throw new PythonError('ValueError', `could not convert string to float: b'${text}'`);
  }
  return value;
}

/** `S'text'` */
export function parseQuoted(line: string): string {
  const text = line.trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text[text.length - 1] !== quote) {
    throw new PythonError('UnpicklingError', 'the STRING opcode argument must be quoted');
  }
  return text.slice(1, -1).replace(/\\(['"\\])/g, '$1');
}
