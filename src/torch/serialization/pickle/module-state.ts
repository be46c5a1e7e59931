/** `Module.__setstate__` (torch/nn/modules/module.py): what BUILD does with the `__dict__` of a pickled module. */
import { PythonError } from '../../errors';
import { Module } from '../../nn/module';
import { shortTypeName } from '../../python/type-name';
import { PyDict, PySet, type PyValue } from '../../python/values';
import { Parameter, Tensor } from '../../tensor';
import type { Budget } from '../budget';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { costs } from './costs';
import { commonEntries } from './module-dict';

/**
 * Updates the module from a state dict. Entries an older torch did not write are added by `__setstate__` there and have no
 * place here. Raises TypeError for a state that is no dict, Refusal for contents a module cannot be shown with.
 */
export function setModuleState(module: Module, state: PyValue, budget: Budget): void {
  if (!(state instanceof PyDict)) {
    throw new PythonError('TypeError', `'${shortTypeName(state)}' object is not iterable`);
  }
  fill(
    state.get('_parameters'),
    module.parameters,
    (value): value is Parameter => value instanceof Parameter,
  );
  fill(state.get('_buffers'), module.buffers, (value): value is Tensor => value instanceof Tensor);
  const children = new Map<string, Module | null>();
  fill(state.get('_modules'), children, (value): value is Module => value instanceof Module);
  for (const [name, child] of children) if (child) module.modules.set(name, child);
  checkTree(module, budget);
  const training = state.get('training');
  if (typeof training === 'boolean') module.training = training;
  setNonPersistent(module, state.get('_non_persistent_buffers_set'));
  let isEarly = state.has('training');
  for (const [key, value] of state) {
    if (key === 'training') isEarly = false;
    if (typeof key !== 'string' || commonEntries.has(key)) continue;
    module.attributes.set(key, value);
    if (isEarly) module.earlyAttributes.add(key);
  }
  module.completeState();
}

function setNonPersistent({ nonPersistentBuffers }: Module, names: PyValue | undefined): void {
  if (!(names instanceof PySet)) return;
  for (const name of names.items) if (typeof name === 'string') nonPersistentBuffers.add(name);
}

/** What a walk below a module meets, known when its state was set: nodes, as often as it meets them, and levels. */
const trees = new WeakMap<Module, { readonly size: number; readonly depth: number }>();

/** A file can make a module its own descendant, or one that a walk never leaves. PyTorch would recurse until it dies. */
function checkTree(module: Module, budget: Budget): void {
  const children = [...module.modules.values()];
  let [size, depth] = [1, 1];
  for (const child of children) {
    const below = trees.get(child);
    size += below?.size ?? 1;
    depth = Math.max(depth, 1 + (below?.depth ?? 1));
  }
  if (size > limits.moduleTree) throw new LimitRefusal('moduleTree', `${size} modules in one tree`);
  if (depth > limits.depth) throw new LimitRefusal('depth', `${depth} modules inside each other`);
  budget.charge(size * costs.reference, 'the state of many modules');
  const seen = new Set<Module>();
  const waiting = children;
  while (waiting.length > 0) {
    const next = waiting.pop() as Module;
    if (next === module) throw new Refusal('unsupported', 'a module that contains itself');
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...next.modules.values());
  }
  trees.set(module, { size, depth });
}

function fill<T>(
  table: PyValue | undefined,
  into: Map<string, T | null>,
  fits: (value: PyValue) => value is T & PyValue,
): void {
  if (table === undefined || table === null) return;
  if (!(table instanceof PyDict)) throw new Refusal('unsupported', 'a module whose tables are no dicts');
  for (const [name, value] of table) {
    if (typeof name !== 'string' || (value !== null && !fits(value))) {
      throw new Refusal(
        'unsupported',
        'a module that holds something else than parameters, buffers and modules',
      );
    }
    into.set(name, value);
  }
}
