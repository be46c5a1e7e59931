/** Order of bytes. */
import { type DType, dtypes } from '../dtype';

/** Reverses each element (each half of a complex one), for files from big-endian machines. */
export function byteswap(bytes: Uint8Array, dtype: DType): Uint8Array {
  const { itemsize, kind } = dtypes[dtype];
  const width = kind === 'complex' ? itemsize / 2 : itemsize;
  const out = bytes.slice();
  for (let at = 0; at + width <= out.length; at += width) out.subarray(at, at + width).reverse();
  return out;
}
