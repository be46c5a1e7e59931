/** Keys of a file beside keys of a model: what fits, what is missing, what is too much, and the likely reason. */
import type { IncompatibleKeys } from '../../../torch/nn/load-state-dict';
import type { Module } from '../../../torch/nn/module';
import { PyDict } from '../../../torch/python/values';
import { type Shape, Tensor } from '../../../torch/tensor';
import type { KeyRow } from '../../views';

/** The model's keys in order, then what only the file has. */
export function keyRows(model: Module, stateDict: PyDict, { missing_keys }: IncompatibleKeys): KeyRow[] {
  const missing = new Set(missing_keys);
  const own = model.stateDict();
  const rows = [...own].map(([key, tensor]): KeyRow => {
    const there = stateDict.get(key);
    const [wanted, given] = [shapeOf(tensor), shapeOf(there)];
    // A BatchNorm's count that an older file does not have stays the model's own.
    const absent = missing.has(String(key)) ? 'missing' : 'kept';
    const present = fits(wanted, given) ? 'loaded' : 'mismatch';
    return { key: String(key), model: wanted, file: given, state: there === undefined ? absent : present };
  });
  const others = [...stateDict]
    .filter(([key]) => !own.has(key))
    .map(([key, value]): KeyRow => {
      return { key: String(key), model: null, file: shapeOf(value), state: 'unexpected' };
    });
  return [...rows, ...others];
}

function shapeOf(value: unknown): Shape | null {
  return value instanceof Tensor ? value.shape : null;
}

/** One element fits a scalar, as it was saved before 0.4. */
function fits(wanted: Shape | null, given: Shape | null): boolean {
  if (!wanted || !given) return false;
  const same = wanted.length === given.length && wanted.every((d, i) => d === given[i]);
  return same || (wanted.length === 0 && given.length === 1 && given[0] === 1);
}

/** The entry of a checkpoint that is a state_dict of its own: `model_state_dict`. */
export function stateDictEntry(checkpoint: PyDict): string | null {
  for (const [key, value] of checkpoint) {
    if (typeof key !== 'string' || !(value instanceof PyDict)) continue;
    const tensors = [...value.values()].filter((one) => one instanceof Tensor);
    if (tensors.length > 0 && tensors.length === value.size) return key;
  }
  return null;
}

export const prefixes = ['module.', '_orig_mod.'] as const;

/** A wrapper's prefix that every one of these keys has. */
export function commonPrefix(keys: readonly string[]): string | null {
  return prefixes.find((prefix) => keys.length > 0 && keys.every((key) => key.startsWith(prefix))) ?? null;
}
