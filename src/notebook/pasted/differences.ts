/** What a pasted error says otherwise than the same mistake on this network. */
import type { Details, Mismatch, Recognised } from './recognised';

export interface Difference {
  readonly id: Exclude<keyof Details, 'mismatch'> | 'mismatch' | 'type';
  readonly yours: string;
  readonly here: string;
}

/** Names of a list that a sentence can hold. */
const NAMED = 2;

const ids = [
  'global',
  'module',
  'name',
  'operand',
  'loadKey',
  'attribute',
  'given',
  'entry',
  'prefix',
  'model',
  'missing',
  'unexpected',
  'mismatch',
] as const satisfies readonly (keyof Details)[];

/** Only what both name; a text that was cut short names less and does not differ by that. */
export function differences(yours: Recognised, here: Recognised): Difference[] {
  const told: Difference[] = [];
  if (yours.type !== null && here.type !== null && bareType(yours.type) !== bareType(here.type)) {
    told.push({ id: 'type', yours: yours.type, here: here.type });
  }
  for (const id of ids) {
    const [mine, other] = [namesOf(yours.details[id]), namesOf(here.details[id])];
    if (mine.length === 0 || other.length === 0 || mine.every((name) => other.includes(name))) continue;
    told.push({ id, yours: listed(mine), here: listed(other) });
  }
  return told;
}

/** `_pickle.UnpicklingError` and `pickle.UnpicklingError` are one class. */
function bareType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function namesOf(detail: Details[keyof Details]): readonly string[] {
  if (detail === undefined) return [];
  if (typeof detail === 'string') return [detail];
  return detail.map((one) => (typeof one === 'string' ? one : sizes(one)));
}

function sizes({ key, file, model }: Mismatch): string {
  return `${key} [${file.join(', ')}] → [${model.join(', ')}]`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown}, … (${names.length})` : shown;
}
