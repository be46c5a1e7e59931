/** Broadcasting of shapes (ATen/ExpandUtils.cpp, infer_size). */
import { PythonError } from './errors';
import type { Shape } from './tensor';

/** Shape that two shapes broadcast to. Raises RuntimeError where they do not. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let axis = rank - 1; axis >= 0; axis--) {
    const da = a[axis - rank + a.length] ?? 1;
    const db = b[axis - rank + b.length] ?? 1;
    if (da !== db && da !== 1 && db !== 1) {
      throw new PythonError(
        'RuntimeError',
        `The size of tensor a (${da}) must match the size of tensor b (${db}) at non-singleton dimension ${axis}`,
      );
    }
    result[axis] = da === 1 ? db : da;
  }
  return result;
}
