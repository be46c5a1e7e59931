/**
 * JSON that keeps what Python keeps apart: `1` is an int, `1.0` a `PyFloat`. `p=1.0` and `p=1` print and pickle differently,
 * and `JSON.parse` cannot tell them.
 */
import { PyFloat } from '../python/values';

export type Json = null | boolean | number | PyFloat | string | Json[] | { readonly [key: string]: Json };

const numberAt = /-?\d+(\.\d+)?([eE][-+]?\d+)?/y;
const stringAt = /"(?:[^"\\]|\\.)*"/y;
const spaceAt = /[ \t\r\n]*/y;
const words: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new PyFloat(Number.NaN)],
  ['Infinity', new PyFloat(Number.POSITIVE_INFINITY)],
  ['-Infinity', new PyFloat(Number.NEGATIVE_INFINITY)],
];

/** Raises SyntaxError where the text is no JSON (as Python's `json.dumps` writes it, NaN and Infinity included). */
export function parseLiterals(text: string): Json {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const skip = (char: string): boolean => {
    match(spaceAt);
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const expect = (char: string): void => {
    if (!skip(char)) throw new SyntaxError(`expected ${char} at ${at}`);
  };
  const string = (): string => {
    match(spaceAt);
    const found = match(stringAt);
    if (!found) throw new SyntaxError(`expected a string at ${at}`);
    return JSON.parse(found[0]);
  };
  const value = (): Json => {
    match(spaceAt);
    if (skip('{')) {
      const out: Record<string, Json> = {};
      if (skip('}')) return out;
      do {
        const key = string();
        expect(':');
        out[key] = value();
      } while (skip(','));
      expect('}');
      return out;
    }
    if (skip('[')) {
      const out: Json[] = [];
      if (skip(']')) return out;
      do out.push(value());
      while (skip(','));
      expect(']');
      return out;
    }
    if (text[at] === '"') return string();
    const word = words.find(([name]) => text.startsWith(name, at));
    if (word) {
      at += word[0].length;
      return word[1];
    }
    const number = match(numberAt);
    if (!number) throw new SyntaxError(`unexpected character at ${at}`);
    return number[1] || number[2] ? new PyFloat(Number(number[0])) : Number(number[0]);
  };
  const result = value();
  match(spaceAt);
  if (at !== text.length) throw new SyntaxError(`unexpected text at ${at}`);
  return result;
}
