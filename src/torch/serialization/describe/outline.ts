/** A described value as a tree that can be shown: cut in depth and width, since a file may make it endless. */
import type { DescribedValue } from './pickle-types';
import type { OutlineBounds } from './types';

const usual: OutlineBounds = { depth: 4, items: 100 };
/** No one unfolds more at once; a tree deeper than this could not be copied to another thread. */
const MAX_DEPTH = 64;
const MAX_ITEMS = 1000;
/** Nodes of one outline. */
const MAX_NODES = 20_000;

/** Children of a node in the order that paths count them. */
export function childrenOf(value: DescribedValue): readonly DescribedValue[] {
  switch (value.kind) {
    case 'dict':
      return [...value.entries.flat(), ...(value.attributes ? [value.attributes] : [])];
    case 'object':
      return [...value.args, ...(value.state ? [value.state] : [])];
    case 'call':
      return [
        value.callee,
        ...value.args,
        ...(value.kwargs ? [value.kwargs] : []),
        ...value.updates.flatMap(({ values }) => values),
      ];
    case 'persistent':
      return [value.id];
    default:
      return 'items' in value ? value.items : [];
  }
}

/** The node a path leads to; `null` where it leads nowhere. */
export function nodeAt(root: DescribedValue, path: readonly number[]): DescribedValue | null {
  let node: DescribedValue | undefined = root;
  for (const index of path) {
    node = childrenOf(node)[index];
    if (!node) return null;
  }
  return node;
}

export function outlineOf(root: DescribedValue, bounds: OutlineBounds = usual): DescribedValue {
  return new Outline(bounds).node(root, Math.min(bounds.depth, MAX_DEPTH), bounds.from ?? 0);
}

class Outline {
  private readonly items: number;
  private readonly ancestors = new Set<DescribedValue>();
  private left = MAX_NODES;

  constructor({ items }: OutlineBounds) {
    this.items = Math.min(items, MAX_ITEMS);
  }

  node(value: DescribedValue, depth: number, from = 0): DescribedValue {
    if (childrenOf(value).length === 0) return value;
    if (this.ancestors.has(value)) return { kind: 'again' };
    if (depth < 0 || --this.left < 0) return { kind: 'more', count: 0 };
    this.ancestors.add(value);
    const cut = this.cut(value, depth - 1, from);
    this.ancestors.delete(value);
    return cut;
  }

  private cut(value: DescribedValue, depth: number, from: number): DescribedValue {
    const go = (child: DescribedValue): DescribedValue => this.node(child, depth);
    const maybe = (child: DescribedValue | null): DescribedValue | null => child && go(child);
    const some = (children: readonly DescribedValue[]): DescribedValue[] => {
      const shown = children.slice(from, from + this.items).map(go);
      const rest = children.length - from - shown.length;
      return rest > 0 ? [...shown, { kind: 'more', count: rest }] : shown;
    };
    switch (value.kind) {
      case 'dict': {
        const shown = value.entries.slice(from, from + this.items);
        const rest = value.entries.length - from - shown.length;
        const entries = shown.map(([key, item]) => [go(key), go(item)] as const);
        const more: DescribedValue = { kind: 'more', count: rest };
        return {
          ...value,
          entries: rest > 0 ? [...entries, [more, more]] : entries,
          attributes: maybe(value.attributes),
        };
      }
      case 'object':
        return { ...value, args: some(value.args), state: maybe(value.state) };
      case 'call':
        return {
          ...value,
          callee: go(value.callee),
          args: some(value.args),
          kwargs: maybe(value.kwargs),
          updates: value.updates
            .slice(0, this.items)
            .map(({ opcode, values }) => ({ opcode, values: some(values) })),
        };
      case 'persistent':
        return { ...value, id: go(value.id) };
      default:
        return 'items' in value ? { ...value, items: some(value.items) } : value;
    }
  }
}
