/** What a failed or damaged load shows of the file and the program: what explanations name and repairs are made from. */
import { PyDict } from '../../../torch/python/values';
import type { OwnClass } from '../../own-class';
import type { KeyRow } from '../../views';
import type { Executed } from './execute';
import { commonPrefix, keyRows, stateDictEntry } from './keys';

export interface Facts {
  readonly rows: readonly KeyRow[] | null;
  /** The class a whole-model file names. */
  readonly own: OwnClass | null;
  /** The entry of a checkpoint that is the state_dict. */
  readonly entry: string | null;
  /** A wrapper's prefix that all keys of the file have, and the model's have not. */
  readonly filePrefix: string | null;
  /** The same the other way round. */
  readonly modelPrefix: string | null;
}

export function factsOf({ model, loaded, stateDict, report }: Executed, own: OwnClass | null): Facts {
  const rows = model && report && stateDict instanceof PyDict ? keyRows(model, stateDict, report) : null;
  const only = (state: KeyRow['state']) =>
    rows?.flatMap((row) => (row.state === state ? [row.key] : [])) ?? [];
  const [unexpected, missing] = [only('unexpected'), only('missing')];
  const fitting = rows?.some(({ state }) => state === 'loaded') ?? false;
  return {
    rows,
    own,
    entry: loaded instanceof PyDict ? stateDictEntry(loaded) : null,
    filePrefix: fitting ? null : commonPrefix(unexpected),
    modelPrefix: fitting ? null : commonPrefix(missing),
  };
}
