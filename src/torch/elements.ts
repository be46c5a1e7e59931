/** Elements of a tensor as numbers, and conversion between dtypes with the rounding of `Tensor.to` (c10/util/TypeCast.h). */
import { type DType, dtypes } from './dtype';
import type { Tensor } from './tensor';

/** int64 and uint64 are bigints; bool is 0 or 1; a complex element gives its real part. */
export type Element = number | bigint;

/** IEEE half bits to a number. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Nearest float with this many fraction bits and exponents from `minExponent`; ties to even. */
function roundTo(x: number, fractionBits: number, minExponent: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), minExponent);
  const unit = 2 ** (exponent - fractionBits);
  const scaled = x / unit;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const up = rest > 0.5 || (rest === 0.5 && low % 2 !== 0);
  return (up ? low + 1 : low) * unit;
}

function numberToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  const x = Math.abs(roundTo(value, 10, -14));
  if (x >= 65520) return sign | 0x7c00;
  if (x < 2 ** -14) return sign | (x * 2 ** 24);
  const exponent = Math.floor(Math.log2(x));
  return sign | ((exponent + 15) << 10) | ((x / 2 ** exponent - 1) * 1024);
}

const scratch = new DataView(new ArrayBuffer(8));

function float8(bits: number, exponentBits: number, bias: number, hasInfinity: boolean): number {
  const fractionBits = 7 - exponentBits;
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
  const fraction = bits & ((1 << fractionBits) - 1);
  const top = (1 << exponentBits) - 1;
  if (hasInfinity && exponent === top) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (!hasInfinity && (bits & 0x7f) === 0x7f) return Number.NaN;
  const scale = 2 ** -fractionBits;
  return exponent === 0
    ? sign * fraction * scale * 2 ** (1 - bias)
    : sign * (1 + fraction * scale) * 2 ** (exponent - bias);
}

type Reader = (view: DataView, at: number) => Element;

const readers: Readonly<Record<DType, Reader>> = {
  float32: (v, at) => v.getFloat32(at, true),
  float64: (v, at) => v.getFloat64(at, true),
  float16: (v, at) => halfToNumber(v.getUint16(at, true)),
  bfloat16: (v, at) => {
    scratch.setUint32(0, v.getUint16(at, true) << 16);
    return scratch.getFloat32(0);
  },
  int64: (v, at) => v.getBigInt64(at, true),
  int32: (v, at) => v.getInt32(at, true),
  int16: (v, at) => v.getInt16(at, true),
  int8: (v, at) => v.getInt8(at),
  uint8: (v, at) => v.getUint8(at),
  bool: (v, at) => (v.getUint8(at) ? 1 : 0),
  complex64: (v, at) => v.getFloat32(at, true),
  complex128: (v, at) => v.getFloat64(at, true),
  uint16: (v, at) => v.getUint16(at, true),
  uint32: (v, at) => v.getUint32(at, true),
  uint64: (v, at) => v.getBigUint64(at, true),
  float8_e4m3fn: (v, at) => float8(v.getUint8(at), 4, 7, false),
  float8_e5m2: (v, at) => float8(v.getUint8(at), 5, 15, true),
  // As they are stored: what they stand for, scale and zero point say.
  qint8: (v, at) => v.getInt8(at),
  quint8: (v, at) => v.getUint8(at),
  qint32: (v, at) => v.getInt32(at, true),
  quint4x2: (v, at) => v.getUint8(at),
  quint2x4: (v, at) => v.getUint8(at),
};

/** A float whose cast to an integer type is defined; anything else comes out as the smallest int64, as on x86. */
function toBigInt(value: Element): bigint {
  if (typeof value === 'bigint') return value;
  return Number.isFinite(value) && Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(1n << 63n);
}

/** Rounds once: bits beyond a double's are kept as one sticky bit, so that float32 rounds as from the integer itself. */
function toNumber(value: Element): number {
  if (typeof value === 'number') return value;
  const magnitude = value < 0n ? -value : value;
  const excess = magnitude.toString(2).length - 53;
  if (excess <= 0) return Number(value);
  const cut = magnitude >> BigInt(excess);
  const sticky = cut << BigInt(excess) === magnitude ? cut : cut | 1n;
  return (value < 0n ? -1 : 1) * Number(sticky) * 2 ** excess;
}

type Writer = (view: DataView, at: number, value: Element) => void;

const writers: Partial<Record<DType, Writer>> = {
  float32: (v, at, x) => v.setFloat32(at, toNumber(x), true),
  float64: (v, at, x) => v.setFloat64(at, Number(x), true),
  float16: (v, at, x) => v.setUint16(at, numberToHalf(Math.fround(toNumber(x))), true),
  bfloat16: (v, at, x) => {
    const value = Math.fround(toNumber(x));
    scratch.setFloat32(0, value);
    const bits = scratch.getUint32(0);
    v.setUint16(
      at,
      Number.isNaN(value) ? 0x7fc0 : ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff,
      true,
    );
  },
  int64: (v, at, x) => v.setBigInt64(at, toBigInt(x), true),
  int32: (v, at, x) => v.setInt32(at, Number(BigInt.asIntN(32, toBigInt(x))), true),
  int16: (v, at, x) => v.setInt16(at, Number(BigInt.asIntN(16, toBigInt(x))), true),
  int8: (v, at, x) => v.setInt8(at, Number(BigInt.asIntN(8, toBigInt(x)))),
  uint8: (v, at, x) => v.setUint8(at, Number(BigInt.asUintN(8, toBigInt(x)))),
  bool: (v, at, x) => v.setUint8(at, Number(x) !== 0 ? 1 : 0),
  complex64: (v, at, x) => v.setFloat32(at, toNumber(x), true),
  complex128: (v, at, x) => v.setFloat64(at, Number(x), true),
};

/** Up to `limit` elements in row-major order. */
export function elementsOf(tensor: Tensor, limit = Number.POSITIVE_INFINITY): Element[] {
  const count = Math.min(tensor.numel, limit);
  return elementsIn(tensor.contiguousBytes().subarray(0, count * tensor.itemsize), tensor.dtype);
}

/** The elements that lie in these bytes, one behind the other. */
export function elementsIn(bytes: Uint8Array, dtype: DType): Element[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { itemsize } = dtypes[dtype];
  const read = readers[dtype];
  return Array.from({ length: Math.floor(bytes.length / itemsize) }, (_, i) => read(view, i * itemsize));
}

/** The same as doubles: an int64 beyond 2**53 is rounded. */
export function numbersIn(bytes: Uint8Array, dtype: DType): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { itemsize } = dtypes[dtype];
  const read = readers[dtype];
  const out = new Float64Array(Math.floor(bytes.length / itemsize));
  for (let i = 0; i < out.length; i++) out[i] = Number(read(view, i * itemsize));
  return out;
}

/** Bytes of all elements in another dtype, row-major. */
export function castBytes(tensor: Tensor, dtype: DType): Uint8Array {
  const source = tensor.contiguousBytes();
  if (tensor.dtype === dtype) return source;
  const write = writers[dtype];
  if (!write) throw new Error(`no conversion to ${dtype}`);
  const from = dtypes[tensor.dtype].itemsize;
  const to = dtypes[dtype].itemsize;
  const read = readers[tensor.dtype];
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const out = new Uint8Array(tensor.numel * to);
  const target = new DataView(out.buffer);
  for (let i = 0; i < tensor.numel; i++) write(target, i * to, read(view, i * from));
  return out;
}

/** `target.copy_(source)` for tensors of one shape. */
export function copyInto(target: Tensor, source: Tensor): void {
  const data = castBytes(source, target.dtype);
  const { itemsize, shape, stride, storage } = target;
  if (target.isContiguous) {
    storage.bytes.set(data, target.offset * itemsize);
    return;
  }
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < target.numel; i++) {
    const element = index.reduce((at, n, d) => at + n * stride[d], target.offset);
    storage.bytes.set(data.subarray(i * itemsize, (i + 1) * itemsize), element * itemsize);
    for (let d = index.length - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
  }
}
