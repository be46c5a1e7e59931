/** `torch.nn.modules.utils._ntuple`: a number stands for that number along every axis; what can be iterated becomes a tuple. */
import { PySize, PyTuple, type PyValue, toNumber } from '../python/values';

/** The same tuple object when a tuple was given: whole-model files tell the two apart. */
export function ntuple(value: PyValue, n: number): PyTuple {
  if (value instanceof PyTuple) return value;
  if (value instanceof PySize) return new PyTuple(value.shape);
  return new PyTuple(Array.isArray(value) ? [...value] : new Array<PyValue>(n).fill(value));
}

/** Sizes along n axes, as numbers. */
export function sizes(value: PyValue, n: number): number[] {
  return ntuple(value, n).items.map(toNumber);
}
