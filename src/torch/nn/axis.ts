/** Axes as Python counts them: negative from the end (c10/core/WrapDimMinimal.cpp). */
import { PythonError } from '../errors';

/** The axis from 0. Raises IndexError where the rank has none; a scalar counts as one axis. */
export function axisIn(dim: number, rank: number): number {
  const most = Math.max(rank, 1);
  if (dim < -most || dim >= most) {
    throw new PythonError(
      'IndexError',
      `Dimension out of range (expected to be in range of [${-most}, ${most - 1}], but got ${dim})`,
    );
  }
  return dim < 0 ? dim + most : dim;
}
