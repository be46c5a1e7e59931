/** Writing `.npy` byte for byte as `numpy.save` does (numpy/lib/_format_impl.py). */
import { type DType, dtypes } from '../dtype';
import { numbersIn } from '../elements';
import type { Shape } from '../tensor';
import { encodeUtf8 } from './utf8';

const ALIGNMENT = 64;
/** Magic, version 1.0 and the header's length. */
const PREFIX = 10;
/** Room NumPy leaves for the first axis to grow in place. */
const GROWTH_DIGITS = 21;

/** NumPy has no quantized types: their integers are written as they are stored. */
const letters = { float: 'f', complex: 'c', bool: 'b', int: 'i', quantized: 'i' } as const;

/** The dtype NumPy holds the values in: its own, or float32 for bfloat16 and float8, which NumPy has not; float32 holds them exactly. */
export function numpyDType(dtype: DType): DType {
  return dtype === 'bfloat16' || dtype.startsWith('float8') ? 'float32' : dtype;
}

/** `<f4`, `|b1`. */
function descr(dtype: DType): string {
  const { kind, itemsize } = dtypes[dtype];
  const letter = /^q?uint/.test(dtype) ? 'u' : letters[kind];
  return `${itemsize === 1 ? '|' : '<'}${letter}${itemsize}`;
}

/** Everything before the data of a C-ordered array. `dtype` is one NumPy has. */
export function npyHeader(dtype: DType, shape: Shape): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const room = shape.length > 0 ? ' '.repeat(GROWTH_DIGITS - String(shape[0]).length) : '';
  const text = `{'descr': '${descr(dtype)}', 'fortran_order': False, 'shape': ${tuple}, }${room}`;
  // A newline closes it; where that falls on the boundary NumPy still adds a whole line of padding.
  const length = Math.floor((PREFIX + text.length + 1) / ALIGNMENT + 1) * ALIGNMENT - PREFIX;
  const header = new Uint8Array(PREFIX + length).fill(0x20);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  header.set(encodeUtf8(text), PREFIX);
  header[header.length - 1] = 0x0a;
  return header;
}

/** The data of a tensor of `dtype` as NumPy holds it, from its bytes or from a part of them. */
export function npyData(bytes: Uint8Array, dtype: DType): Uint8Array {
  if (numpyDType(dtype) === dtype) return bytes;
  return new Uint8Array(Float32Array.from(numbersIn(bytes, dtype)).buffer);
}
