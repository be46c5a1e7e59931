/** The calls one forward makes, container by container, down to the layers that compute something. */
import { Sequential } from '../../torch/nn/container';
import { DataParallel } from '../../torch/nn/data-parallel';
import type { Module } from '../../torch/nn/module';
import { UserModule } from '../../torch/program/user-module';

export type LayerCall = ModuleCall | FunctionCall;

export interface ModuleCall {
  /** Path of the module from the root (`net.0`), with `#2` when a forward calls it a second time. */
  readonly path: string;
  readonly module: Module;
}

export interface FunctionCall {
  /** `F.relu` or `flatten` below the module whose forward calls it. */
  readonly path: string;
  readonly apply: 'F.relu' | 'flatten';
}

/**
 * Calls in the order they run. Lazy, because a forward gets as far as the attribute that is missing:
 * raises AttributeError there, after the calls before it.
 */
export function* layerCalls(root: Module): IterableIterator<LayerCall> {
  const seen = new Map<string, number>();
  for (const call of walk(root, '')) {
    const times = (seen.get(call.path) ?? 0) + 1;
    seen.set(call.path, times);
    yield times === 1 ? call : { ...call, path: `${call.path}#${times}` };
  }
}

function* walk(module: Module, path: string): IterableIterator<LayerCall> {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (module instanceof Sequential) {
    for (const [name, child] of module.modules) yield* walk(child, below(name));
  } else if (module instanceof DataParallel) {
    yield* walk(module.child('module'), below('module'));
  } else if (module instanceof UserModule) {
    for (const call of module.forwardCalls()) {
      if ('module' in call) yield* walk(call.module, below(call.name));
      else yield { path: below(call.apply), apply: call.apply };
    }
  } else {
    yield { path, module };
  }
}
