/** Writing `.safetensors` byte for byte as `safetensors.torch.save_file` does (safetensors/src/tensor.rs, `prepare`). */
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { numelOf, type Shape, type Tensor } from '../tensor';
import { dtypeOf } from './safetensors';
import { encodeUtf8 } from './utf8';

/** What the header says of a tensor. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Widest elements first, so that every tensor starts aligned: the order of the library's `Dtype`, from its end. */
const fileOrder = [
  ...['U64', 'I64', 'F64', 'C64', 'F32', 'U32', 'I32', 'BF16', 'F16', 'U16', 'I16'],
  ...['F8_E4M3', 'F8_E5M2', 'I8', 'U8', 'BOOL'],
];
const rankOf = new Map(fileOrder.map((code, rank) => [dtypeOf[code], { code, rank }]));

/** True where the format has a code for this dtype: all but complex128. */
export function hasSafetensorsCode(dtype: DType): boolean {
  return rankOf.has(dtype);
}

function codeOf(dtype: DType): { readonly code: string; readonly rank: number } {
  const found = rankOf.get(dtype);
  // safetensors/torch.py looks the dtype up in a dict.
  if (!found) throw new PythonError('KeyError', `torch.${dtype}`);
  return found;
}

/**
 * The bytes before the first tensor, and the tensors in the order in which their data follows. Raises KeyError for a dtype the
 * format has no code for. No `__metadata__` is written, as `save_file` writes none by default.
 */
export function safetensorsHeader<T extends HeaderEntry>(
  tensors: readonly T[],
): { readonly header: Uint8Array; readonly ordered: readonly T[] } {
  const ordered = [...tensors].sort(
    (a, b) => codeOf(a.dtype).rank - codeOf(b.dtype).rank || byCodePoint(a.name, b.name),
  );
  let at = 0;
  const entries = ordered.map(({ name, dtype, shape }) => {
    const start = at;
    at += numelOf(shape) * dtypes[dtype].itemsize;
    const fields = `{"dtype":"${codeOf(dtype).code}","shape":[${shape.join(',')}],"data_offsets":[${start},${at}]}`;
    // JSON.stringify and serde_json escape the same characters, each in the same way.
    return `${JSON.stringify(name)}:${fields}`;
  });
  const text = encodeUtf8(`{${entries.join(',')}}`);
  const padded = Math.ceil(text.length / 8) * 8;
  const header = new Uint8Array(8 + padded).fill(0x20, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(text, 8);
  return { header, ordered };
}

/** What `save_file({k: v.contiguous().clone()})` writes: the library itself refuses views and shared storages. */
export function saveSafetensors(tensors: Iterable<readonly [string, Tensor]>): Uint8Array {
  const { header, ordered } = safetensorsHeader(
    [...tensors].map(([name, tensor]) => ({ name, tensor, dtype: tensor.dtype, shape: tensor.shape })),
  );
  const parts = [header, ...ordered.map(({ tensor }) => tensor.contiguousBytes())];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Rust compares the bytes of UTF-8, which sort as code points do; JavaScript compares UTF-16. */
function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i].codePointAt(0) as number) - (right[i].codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
