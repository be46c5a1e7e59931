/** A value of a file in a line, as Python would write it; and what can be unfolded in it. */
import type { DescribedValue } from '../../notebook/views/inspection';
import { floatRepr, strRepr } from '../../torch/python/repr';

/** Characters of a string that a line can show. */
const SHOWN = 120;

export function valueText(value: DescribedValue): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
    case 'constant':
      return value.text;
    case 'float':
      return floatRepr(value.value);
    case 'str':
      return strRepr(value.value.length > SHOWN ? `${value.value.slice(0, SHOWN)}…` : value.value);
    case 'bytes':
      return `${value.mutable ? 'bytearray' : 'bytes'}(${value.length})`;
    case 'dict':
      return value.className;
    case 'size':
      return `torch.Size([${value.items.map(valueText).join(', ')}])`;
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.kind;
    case 'global':
      return `${value.global.module}.${value.global.name}`;
    case 'tensor':
      return `tensor [${value.shape.join(', ')}] ${value.dtype}`;
    case 'object':
      return `${value.class.module}.${value.class.name}`;
    case 'call':
      return `${valueText(value.callee)}(…)`;
    case 'storage':
      return `storage ${value.storage}`;
    case 'persistent':
      return `persistent_id ${valueText(value.id)}`;
    case 'more':
    case 'again':
      return '…';
  }
}

export interface Child {
  readonly label: string;
  readonly value: DescribedValue;
  /** Steps from the value to it, as `OpenFile.outline` counts children: a dict's keys and values in turn. */
  readonly path: readonly number[];
}

/** What unfolds under a value; empty for what a line tells in full. */
export function childrenOf(value: DescribedValue): Child[] {
  switch (value.kind) {
    case 'dict':
      return value.entries
        .map(([key, child], i) => ({ label: valueText(key), value: child, path: [2 * i + 1] }))
        .filter((child) => !isRest(child.value));
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.items
        .map((child, i) => ({ label: String(i), value: child, path: [i] }))
        .filter((child) => !isRest(child.value));
    case 'object':
      return value.state ? [{ label: 'state', value: value.state, path: [value.args.length] }] : [];
    default:
      return [];
  }
}

/** How many children an outline left out. */
export function leftOut(value: DescribedValue): number {
  const last =
    value.kind === 'dict' ? value.entries.at(-1)?.[1] : 'items' in value ? value.items.at(-1) : undefined;
  return last?.kind === 'more' ? last.count : 0;
}

const isRest = (value: DescribedValue) => value.kind === 'more' && value.count > 0;
