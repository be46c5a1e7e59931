/** Which dtype comes of two (c10/core/ScalarType.h, promoteTypes and canCast; ATen/native/TypeProperties.cpp). */
import { type DType, dtypes } from './dtype';
import { PythonError } from './errors';

const order: Readonly<Record<string, number>> = { bool: 0, int: 1, float: 2, complex: 3 };

/** A tensor among operands: its axes decide how much its dtype weighs. */
export interface Typed {
  readonly dtype: DType;
  /** 0 of a scalar tensor, -1 of a Python number. */
  readonly rank: number;
}

/**
 * `torch.result_type` of operands: tensors with axes decide, unless a scalar tensor, and after it a Python number, is of
 * a higher kind (float before int before bool).
 */
export function resultType(operands: readonly Typed[]): DType {
  const promoted = (from: readonly Typed[]): DType | null =>
    from.map(({ dtype }) => dtype).reduce<DType | null>((a, b) => (a ? promoteTypes(a, b) : b), null);
  const levels = [
    operands.filter(({ rank }) => rank > 0),
    operands.filter(({ rank }) => rank === 0),
    operands.filter(({ rank }) => rank < 0),
  ].map(promoted);
  return levels.reduce<DType | null>(combined, null) ?? 'float32';
}

function combined(higher: DType | null, lower: DType | null): DType | null {
  if (!higher || !lower) return higher ?? lower;
  return order[dtypes[lower].kind] > order[dtypes[higher].kind] ? promoteTypes(higher, lower) : higher;
}

/** The smaller dtype that holds both. */
export function promoteTypes(a: DType, b: DType): DType {
  const [low, high] = order[dtypes[a].kind] <= order[dtypes[b].kind] ? [a, b] : [b, a];
  if (dtypes[low].kind !== dtypes[high].kind) return high;
  if (low === high) return low;
  const [smaller, larger] = dtypes[low].itemsize <= dtypes[high].itemsize ? [low, high] : [high, low];
  if (dtypes[smaller].itemsize < dtypes[larger].itemsize) {
    const unsignedGrows = larger === 'uint8';
    return unsignedGrows ? smaller : larger;
  }
  // Of one size: half and bfloat16, or uint8 and int8.
  return dtypes[smaller].kind === 'float' ? 'float32' : 'int16';
}

/** Raises RuntimeError where results of one dtype cannot be written into a tensor of another: floats into ints. */
export function checkCast(result: DType, desired: DType): void {
  if (order[dtypes[result].kind] <= order[dtypes[desired].kind]) return;
  if (dtypes[result].kind === 'int' && dtypes[desired].kind !== 'bool') return;
  throw new PythonError(
    'RuntimeError',
    `result type ${dtypes[result].scalarType} can't be cast to the desired output type ${dtypes[desired].scalarType}`,
  );
}
