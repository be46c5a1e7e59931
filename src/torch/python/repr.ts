/** `repr()` of Python's built-in values (CPython: Python/pystrtod.c, Objects/unicodeobject.c). */
import { PythonError } from '../errors';
import { scientific } from '../repr/decimal';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  type PyValue,
} from './values';

/**
 * Shortest digits that read back equal, in Python's clothes: `1e-05`, `0.1`, `1.0`, `inf`. From the power of ten `large` on
 * with an exponent.
 */
export function floatRepr(x: number, large = 16): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (Object.is(x, -0)) return '-0.0';
  const [mantissa, exponentText] = x.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= large) {
    const digits = Math.abs(exponent).toString().padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const text = plainDecimal(x, exponent);
  return text.includes('.') ? text : `${text}.0`;
}

/** Shortest digits that read back as the same float32; `x` is one. */
export function float32Repr(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return floatRepr(x);
  for (let digits = 1; digits < 9; digits++) {
    const near = Number(scientific(x, digits - 1));
    if (Math.fround(near) === x) return floatRepr(near);
    // Above a power of two floats lie twice as far apart as below it: the decimal farther off may be the one that reads back.
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(x))) + 1 - digits);
    const beyond = Number(scientific(near + Math.sign(x) * unit, digits - 1));
    if (Math.fround(beyond) === x) return floatRepr(beyond);
  }
  return floatRepr(Number(scientific(x, 8)));
}

/** JavaScript switches to exponents at 1e-7 and 1e21, Python at 1e-4 and 1e16: between them write the digits out. */
function plainDecimal(x: number, exponent: number): string {
  const text = String(x);
  if (!text.includes('e')) return text;
  const digits = text.split('e')[0].replace(/[-.]/g, '');
  const sign = x < 0 ? '-' : '';
  return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
}

/** Single quotes unless the text holds one and no double quote; control characters escaped. */
export function strRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (char === '\\' || char === quote) out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad)
      out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return quote + out + quote;
}

export function bytesRepr(value: PyBytes): string {
  const holds = (c: string) => value.data.includes(c.charCodeAt(0));
  const quote = holds("'") && !holds('"') ? '"' : "'";
  let out = '';
  for (const byte of value.data) {
    const char = String.fromCharCode(byte);
    if (char === '\\' || char === quote) out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (byte < 0x20 || byte >= 0x7f) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  const text = `b${quote}${out}${quote}`;
  return value.mutable ? `bytearray(${text})` : text;
}

/**
 * `repr(value)` for values made of Python's own types and torch's small ones.
 * `other` renders what this module does not know (tensors, modules).
 */
export function pyRepr(value: PyValue, other: (value: PyValue) => string = unknownRepr): string {
  const go = (v: PyValue): string => pyRepr(v, other);
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return strRepr(value);
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (value instanceof PyBytes) return bytesRepr(value);
  if (Array.isArray(value)) return `[${value.map(go).join(', ')}]`;
  if (value instanceof PyTuple) {
    return value.items.length === 1 ? `(${go(value.items[0])},)` : `(${value.items.map(go).join(', ')})`;
  }
  if (value instanceof PySize) return `torch.Size([${value.shape.join(', ')}])`;
  if (value instanceof PyDType) return `torch.${value.dtype}`;
  if (value instanceof PyDevice) {
    return value.index === null
      ? `device(type='${value.type}')`
      : `device(type='${value.type}', index=${value.index})`;
  }
  if (value instanceof PyDict) {
    if (value.className !== 'dict' && value.size === 0) return `${value.className}()`;
    // Python 3.11; from 3.12 on an OrderedDict shows a dict, too.
    if (value.className === 'OrderedDict')
      return `OrderedDict([${[...value].map(([k, v]) => `(${go(k)}, ${go(v)})`).join(', ')}])`;
    const body = `{${[...value].map(([k, v]) => `${go(k)}: ${go(v)}`).join(', ')}}`;
    return value.className === 'dict' ? body : `${value.className}(${body})`;
  }
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof PySet) {
    const body = `{${value.items.map(go).join(', ')}}`;
    if (value.items.length === 0) return value.frozen ? 'frozenset()' : 'set()';
    return value.frozen ? `frozenset(${body})` : body;
  }
  if (value instanceof PyObject && value.cls.module === 'numpy') return numpyRepr(value);
  if (value instanceof PyGlobal) return `<class '${value.module}.${value.name}'>`;
  return other(value);
}

/** A number of numpy 2: `np.float64(0.25)`, `np.int64(3)`, `np.True_`; a float32 in the digits that tell it from others. */
function numpyRepr({ cls, state }: PyObject): string {
  if (typeof state === 'boolean') return `np.${pyRepr(state)}_`;
  const shown = state instanceof PyFloat && cls.name === 'float32' ? shortest32(state.value) : pyRepr(state);
  return `np.${cls.name}(${shown})`;
}

function shortest32(x: number): string {
  const digits = Array.from({ length: 9 }, (_, i) => Number(x.toPrecision(i + 1)));
  return floatRepr(digits.find((candidate) => Math.fround(candidate) === x) ?? x, 6);
}

/** `str(value)` as `format` writes it: a str as it is, anything else as its repr. */
export function pyStr(value: PyValue): string {
  return typeof value === 'string' ? value : pyRepr(value);
}

/** `2j`, `(1-2j)`. */
export function complexRepr({ real, imag }: PyComplex, part = floatRepr): string {
  const short = (x: number): string => part(x).replace(/\.0$/, '');
  const sign = imag < 0 || Object.is(imag, -0) ? '' : '+';
  if (real === 0 && !Object.is(real, -0)) return `${short(imag)}j`;
  return `(${short(real)}${sign}${short(imag)}j)`;
}

function unknownRepr(): string {
  throw new PythonError('NotImplementedError', 'no repr for this value');
}
