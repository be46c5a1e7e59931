/**
 * The `__dict__` of an nn.Module as a pickle holds it: 17 entries that every module has, in the order
 * `Module.__init__` sets them, then the layer's own (torch/nn/modules/module.py).
 */

import { ModuleDict } from '../../nn/container';
import type { Module } from '../../nn/module';
import { PyDict, PySet, type PyValue } from '../../python/values';

/** Between `_non_persistent_buffers_set` and `_modules`. One of them is None and no hook table. */
export const hookTables: readonly (readonly [name: string, isTable: boolean])[] = [
  ['_backward_pre_hooks', true],
  ['_backward_hooks', true],
  ['_is_full_backward_hook', false],
  ['_forward_hooks', true],
  ['_forward_hooks_with_kwargs', true],
  ['_forward_hooks_always_called', true],
  ['_forward_pre_hooks', true],
  ['_forward_pre_hooks_with_kwargs', true],
  ['_state_dict_hooks', true],
  ['_state_dict_pre_hooks', true],
  ['_load_state_dict_pre_hooks', true],
  ['_load_state_dict_post_hooks', true],
];

/** Entries that are no attributes of a layer's own. */
export const commonEntries: ReadonlySet<string> = new Set([
  'training',
  '_parameters',
  '_buffers',
  '_non_persistent_buffers_set',
  ...hookTables.map(([name]) => name),
  '_modules',
]);

/** A dict that nothing else refers to. */
export class Table {
  readonly entries: Iterable<readonly [string, PyValue]>;
  /** Whether a key is a string made at run time, which nothing else refers to either. */
  readonly isFresh: (key: string) => boolean;

  constructor(
    entries: Iterable<readonly [string, PyValue]>,
    isFresh: (key: string) => boolean = () => false,
  ) {
    this.entries = entries;
    this.isFresh = isFresh;
  }
}

/** `__dict__` in its order; the attributes are given, as `__getstate__` of the class gives them. */
export function dictOf<T>(
  module: Module,
  attributes: readonly (readonly [string, T])[],
): (readonly [string, T | PyValue | Table])[] {
  const { parameters, buffers, modules, earlyAttributes } = module;
  // `str(i)` makes new strings for the names of each container; a ModuleDict keeps those it was given.
  const isFresh = (name: string): boolean => /^\d+$/.test(name) && !(module instanceof ModuleDict);
  return [
    ...attributes.filter(([name]) => earlyAttributes.has(name)),
    ['training', module.training],
    ['_parameters', new Table(parameters)],
    ['_buffers', new Table(buffers)],
    ['_non_persistent_buffers_set', new PySet(module.nonPersistentBuffers)],
    ...hookTables.map(([name, isTable]) => [name, isTable ? PyDict.ordered() : null] as const),
    ['_modules', new Table(modules, isFresh)],
    ...attributes.filter(([name]) => !earlyAttributes.has(name)),
  ];
}
