/** Values that a case reads off a tensor. */
import { elementsOf } from '../../../src/torch/elements';
import { pythonNumber } from '../../../src/torch/functions/scalars';
import { PySize, type PyValue } from '../../../src/torch/python/values';
import type { Tensor } from '../../../src/torch/tensor';

/** `tensor.tolist()` */
export function listOf(tensor: Tensor): PyValue {
  let items: PyValue[] = elementsOf(tensor).map((element) => pythonNumber(tensor, element));
  for (const size of [...tensor.shape].reverse()) {
    items = Array.from({ length: items.length / size }, (_, i) => items.slice(i * size, (i + 1) * size));
  }
  return items[0];
}

export function sizeOf(tensor: Tensor): PySize {
  return new PySize(tensor.shape);
}
