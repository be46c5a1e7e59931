/** The nodes of a described value while the pickle is still at work on them, counted: a file cannot make more than its limits. */
import { limits } from '../refusal';
import type {
  DescribedCall,
  DescribedDict,
  DescribedObject,
  DescribedSequence,
  DescribedValue,
} from './pickle-types';

/** A named limit is met: what was described up to here stands. */
export class LimitMet extends Error {
  readonly limit: 'nodes' | 'references' | 'stack' | 'opcodes';

  constructor(limit: LimitMet['limit']) {
    super(limit);
    this.limit = limit;
  }
}

export const none: DescribedValue = { kind: 'none' };
/** In place of what a pickle took from an empty stack. */
export const nothing: DescribedValue = { kind: 'more', count: 0 };

type Entry = readonly [key: DescribedValue, value: DescribedValue];

/** Entries of a dict that are looked through one by one. */
const FEW = 8;

/** What a key is known by: Python's 1, 1.0 and True are one key, '1' another. `null` for keys told apart by identity alone. */
function keyText(key: DescribedValue): string | null {
  if (key.kind === 'str') return key.value.length < key.length ? null : `s${key.value}`;
  if (key.kind === 'int') return `n${key.text}`;
  if (key.kind === 'float') return `n${key.value}`;
  return key.kind === 'bool' ? `n${Number(key.value)}` : null;
}

export class Drafts {
  private nodes = 0;
  private references = 0;
  private readonly keys = new WeakMap<DescribedDict, Map<string, number>>();

  /** Counts a node; raises LimitMet. */
  node<T extends DescribedValue>(node: T): T {
    if (++this.nodes > limits.nodes) throw new LimitMet('nodes');
    return node;
  }

  /** Counts places; raises LimitMet. */
  places(count: number): void {
    this.references += count;
    if (this.references > limits.references) throw new LimitMet('references');
  }

  sequence(kind: DescribedSequence['kind'], items: readonly DescribedValue[]): DescribedSequence {
    this.places(items.length);
    return this.node({ kind, items });
  }

  dict(className: string, pairs: readonly DescribedValue[] = []): DescribedDict {
    const dict = this.node<DescribedDict>({ kind: 'dict', className, entries: [], attributes: null });
    this.setItems(dict, pairs);
    return dict;
  }

  /** Onto a list, or into a set. */
  extend(target: DescribedSequence, items: readonly DescribedValue[]): void {
    this.places(items.length);
    const list = target.items as DescribedValue[];
    for (const item of items) list.push(item);
  }

  /** Keys and values in turn; a key that is there keeps its place and gets the new value, as in Python. */
  setItems(target: DescribedDict, pairs: readonly DescribedValue[]): void {
    this.places(pairs.length);
    const entries = target.entries as Entry[];
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const text = keyText(pairs[i]);
      const at = text === null ? undefined : this.placeOf(text, target);
      if (at !== undefined) entries[at] = [entries[at][0], pairs[i + 1]];
      else {
        if (text !== null) this.keys.get(target)?.set(text, entries.length);
        entries.push([pairs[i], pairs[i + 1]]);
      }
    }
  }

  /** By a table where there are many entries: a million dicts of one entry have no room for one each. */
  private placeOf(text: string, target: DescribedDict): number | undefined {
    const { entries } = target;
    const known = this.keys.get(target);
    if (known) return known.get(text);
    if (entries.length < FEW) {
      const at = entries.findIndex(([key]) => keyText(key) === text);
      return at === -1 ? undefined : at;
    }
    const keys = new Map<string, number>();
    for (const [i, [key]] of entries.entries()) {
      const own = keyText(key);
      if (own !== null) keys.set(own, i);
    }
    this.keys.set(target, keys);
    return keys.get(text);
  }

  /** `target.__dict__.update(state)`, or the first state of an object. */
  setState(target: DescribedDict | DescribedObject, state: DescribedValue): void {
    this.places(1);
    const holder = target as { attributes?: DescribedValue | null; state?: DescribedValue | null };
    const field = target.kind === 'dict' ? 'attributes' : 'state';
    const before = holder[field];
    if (before?.kind === 'dict' && state.kind === 'dict' && before !== state) {
      const both = this.dict('dict', before.entries.flat());
      this.setItems(both, state.entries.flat());
      holder[field] = both;
    } else holder[field] = state;
  }

  /** What happens to the result of a call that was never made. */
  update(target: DescribedCall, opcode: string, values: readonly DescribedValue[]): void {
    this.places(values.length);
    (target.updates as { opcode: string; values: readonly DescribedValue[] }[]).push({ opcode, values });
    this.nodes++;
  }
}
