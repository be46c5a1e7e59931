/** f-strings: their parts, and `format(value, spec)` of numbers. */
import { toList } from '../../../src/torch/functions/scalars';
import { PyFloat, type PyValue, toNumber } from '../../../src/torch/python/values';
import { fixed, scientific } from '../../../src/torch/repr/decimal';
import { valueStr } from '../../../src/torch/repr/value';
import { Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';
import { asPy, type Value } from './values';
import type { World } from './world';

/** Text, or the source of an expression with its format. */
export type FormatPart = string | { readonly source: string; readonly spec: string };

/** The inside of an f-string. Nested braces and conversions are not taken apart. */
export function formatParts(text: string): FormatPart[] {
  return text.split(/(\{[^{}]*\})/).map((part) => {
    if (!part.startsWith('{')) {
      if (/[{}]/.test(part)) throw new NotExpressible(`the f-string ${text}`);
      return part;
    }
    const [, source, spec = ''] = /^\{([^:!]+)(?::([^:!]*))?\}$/.exec(part) ?? [];
    if (source === undefined) throw new NotExpressible(`the f-string ${text}`);
    return { source, spec };
  });
}

/** A tensor of one number is formatted as that number. */
export function formatted(value: Value, spec: string, { printOptions }: World): string {
  const plain = asPy(value);
  const number = plain instanceof Tensor && plain.shape.length === 0 ? toList(plain) : plain;
  return spec === '' ? valueStr(number, printOptions) : formattedNumber(number, spec);
}

function formattedNumber(value: PyValue, spec: string): string {
  const [, digits, type] = /^\.(\d+)([fe%])$/.exec(spec) ?? [];
  if (!type || !(value instanceof PyFloat || typeof value === 'number' || typeof value === 'bigint'))
    throw new NotExpressible(`the format ${spec}`);
  const [x, count] = [toNumber(value), Number(digits)];
  if (type === '%') return `${fixed(x * 100, count)}%`;
  return type === 'f' ? fixed(x, count) : scientific(x, count);
}
