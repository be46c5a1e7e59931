/** `torch.nn.modules.utils._ntuple`: an int stands for that int along every axis; a tuple passes through as it is. */
import { PySize, PyTuple, type PyValue, toNumber } from '../python/values';

/** The same tuple object when a tuple was given: whole-model files tell the two apart. */
export function ntuple(value: PyValue, n: number): PyTuple {
  return value instanceof PyTuple ? value : new PyTuple(new Array<PyValue>(n).fill(value));
}

/** Sizes along n axes, as numbers. */
export function sizes(value: PyValue, n: number): number[] {
  if (value instanceof PySize) return [...value.shape];
  return ntuple(value, n).items.map(toNumber);
}
