/** Which bytes of its storage a tensor takes. */
import { type DType, dtypes } from '../../dtype';

export interface Layout {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Bytes from the start of the storage to the end of the last element; 0 for a tensor without elements. */
export function extentOf({ dtype, shape, stride, offset }: Layout): number {
  if (shape.includes(0)) return 0;
  const last = shape.reduce((at, n, d) => at + (n - 1) * stride[d], offset);
  return (last + 1) * dtypes[dtype].itemsize;
}
