/**
 * The `__dict__` of an nn.Module as a pickle holds it: 17 entries that every module has, in the order
 * `Module.__init__` sets them, then the layer's own (torch/nn/modules/module.py).
 */

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
