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

/**
 * Protocol 0 text: `\uXXXX` escapes in latin-1, given one character a byte (Objects/unicodeobject.c,
 * `_PyUnicode_DecodeRawUnicodeEscapeStateful`). Raises UnicodeDecodeError.
 */
export function rawUnicodeEscape(text: string): string {
  return text.replace(
    /\\(?:([uU])([0-9a-fA-F]{0,8})|[\s\S])?/g,
    (whole, kind: string | undefined, hex: string, at: number) => {
      if (kind === undefined) return whole;
      const count = kind === 'u' ? 4 : 8;
      const digits = hex.slice(0, count);
      const cannot = (reason: string): PythonError => {
        const end = at + 1 + digits.length;
        return new PythonError(
          'UnicodeDecodeError',
          `'rawunicodeescape' codec can't decode bytes in position ${at}-${end}: ${reason}`,
        );
      };
      if (digits.length < count) throw cannot(`truncated \\${kind}${'X'.repeat(count)} escape`);
      const point = Number.parseInt(digits, 16);
      if (point > 0x10ffff) throw cannot(`\\${kind}xxxxxxxx out of range`);
      return String.fromCodePoint(point) + hex.slice(count);
    },
  );
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

/** `S'text'`, given one character a byte: what stands between the quotes, with its escapes. Raises UnpicklingError, ValueError. */
export function parseQuoted(line: string): Uint8Array {
  const text = line.trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text[text.length - 1] !== quote) {
    throw new PythonError('UnpicklingError', 'the STRING opcode argument must be quoted');
  }
  return decodeEscape(text.slice(1, -1));
}

const escapes: Readonly<Record<string, number>> = {
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** A bytes literal's text (Objects/bytesobject.c, `_PyBytes_DecodeEscape`). */
function decodeEscape(text: string): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out.push(text.charCodeAt(i));
      continue;
    }
    const next = text[++i];
    if (next === undefined) throw new PythonError('ValueError', 'Trailing \\ in string');
    const octal = /^[0-7]{1,3}/.exec(text.slice(i, i + 3));
    if (next in escapes) out.push(escapes[next]);
    else if (octal) {
      out.push(Number.parseInt(octal[0], 8) & 0xff);
      i += octal[0].length - 1;
    } else if (next === 'x') {
      const hex = /^[0-9a-fA-F]{2}/.exec(text.slice(i + 1, i + 3));
      if (!hex) throw new PythonError('ValueError', `invalid \\x escape at position ${i - 1}`);
      out.push(Number.parseInt(hex[0], 16));
      i += 2;
    } else if (next !== '\n') out.push(0x5c, next.charCodeAt(0));
  }
  return Uint8Array.from(out);
}
