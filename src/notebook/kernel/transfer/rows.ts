/** Keys of the file and of the new network: what became of each, and how far its numbers moved. */

import { numbersIn } from '../../../torch/elements';
import type { Module } from '../../../torch/nn/module';
import { PyDict, type PyValue } from '../../../torch/python/values';
import { numelOf, type Shape, Tensor } from '../../../torch/tensor';
import type { TransferRow, TransferState, TransferView } from '../../views/transfer';

/** The network's keys in order, then what only the file has. `moved` is by key. */
export function rowsOfKeys(
  model: Module,
  file: PyValue | undefined,
  moved: ReadonlyMap<string, number>,
): TransferRow[] {
  const given = file instanceof PyDict ? file : new PyDict();
  const own = model.stateDict();
  const parameters = new Map(model.namedParameters());
  const rows = [...own].map(([key, value]): TransferRow => {
    const name = String(key);
    const [wanted, there] = [shapeOf(value), shapeOf(given.get(key))];
    const parameter = parameters.get(name);
    return {
      key: name,
      state: !given.has(key) ? 'kept' : String(there) === String(wanted) ? 'loaded' : 'skipped',
      file: there,
      model: wanted,
      count: numelOf(wanted ?? []),
      kind: parameter ? (parameter.requiresGrad ? 'trained' : 'frozen') : 'buffer',
      moved: moved.get(name) ?? null,
    };
  });
  const others = [...given].flatMap(([key, value]): TransferRow[] => {
    if (own.has(key)) return [];
    const shape = shapeOf(value);
    const count = shape ? numelOf(shape) : 0;
    return [
      { key: String(key), state: 'unexpected', file: shape, model: null, count, kind: 'none', moved: null },
    ];
  });
  return [...rows, ...others];
}

export function totalsOf(rows: readonly TransferRow[]): TransferView['totals'] {
  const total = (wanted: TransferState) => {
    const those = rows.filter(({ state }) => state === wanted);
    return { keys: those.length, numbers: those.reduce((n, { count }) => n + count, 0) };
  };
  return {
    loaded: total('loaded'),
    kept: total('kept'),
    skipped: total('skipped'),
    unexpected: total('unexpected'),
  };
}

/** Numbers of parameters that no gradient reaches, and of those that are trained. */
export function sizes(model: Module): { frozen: number; trained: number } {
  const size = { frozen: 0, trained: 0 };
  for (const [, { requiresGrad, numel }] of model.namedParameters()) {
    size[requiresGrad ? 'trained' : 'frozen'] += numel;
  }
  return size;
}

type Snapshot = ReadonlyMap<string, Float64Array>;

/** The numbers of every tensor of the state_dict, as they are now. */
export function snapshot(model: Module): Snapshot {
  const tensors = [...model.stateDict()].flatMap(([key, value]) =>
    value instanceof Tensor ? [[String(key), numbersIn(value.contiguousBytes(), value.dtype)] as const] : [],
  );
  return new Map(tensors.map(([key, numbers]) => [key, numbers.slice()]));
}

/** By key, how far the number went that went farthest. */
export function changes(model: Module, before: Snapshot): Map<string, number> {
  const now = snapshot(model);
  return new Map([...before].map(([key, old]) => [key, largestChange(old, now.get(key) ?? old)]));
}

export function largestChange(before: ArrayLike<number>, after: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < before.length; i++) largest = Math.max(largest, Math.abs(after[i] - before[i]));
  return largest;
}

function shapeOf(value: unknown): Shape | null {
  return value instanceof Tensor ? value.shape : null;
}
