/** `torch.nn.Sequential`, `ModuleList` and `ModuleDict` (torch/nn/modules/container.py). */
import { PythonError } from '../errors';
import type { Shape } from '../tensor';
import { Module } from './module';

/** Its submodules one after the other. */
export class Sequential extends Module {
  static readonly kind = 'Sequential';
  override readonly className = Sequential.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  /** Submodules are named `0`, `1`, ... unless names are given (`Sequential(OrderedDict(...))`). */
  static of(children: readonly Module[], names?: readonly string[]): Sequential {
    const container = new Sequential();
    for (const [i, child] of children.entries()) container.modules.set(names?.[i] ?? String(i), child);
    return container;
  }

  override outputShape(input: Shape): Shape {
    let shape = input;
    for (const child of this.modules.values()) shape = child.outputShape(shape);
    return shape;
  }
}

/** A list of submodules that is no layer: it has no forward of its own. */
export class ModuleList extends Module {
  static readonly kind = 'ModuleList';
  override readonly className = ModuleList.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  static of(children: readonly Module[]): ModuleList {
    const list = new ModuleList();
    for (const [i, child] of children.entries()) list.modules.set(String(i), child);
    return list;
  }

  override outputShape(): Shape {
    throw forwardUnimplemented(this);
  }
}

/** Submodules by name, and no layer either. */
export class ModuleDict extends Module {
  static readonly kind = 'ModuleDict';
  override readonly className = ModuleDict.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  static of(children: Iterable<readonly [string, Module]>): ModuleDict {
    const dict = new ModuleDict();
    for (const [name, child] of children) dict.modules.set(name, child);
    return dict;
  }

  override outputShape(): Shape {
    throw forwardUnimplemented(this);
  }
}

/** `nn.Module()` itself, with what was assigned to it. */
export class BareModule extends Module {
  static readonly kind = 'Module';
  override readonly className = BareModule.kind;
  override readonly moduleName = 'torch.nn.modules.module';

  override outputShape(): Shape {
    throw forwardUnimplemented(this);
  }
}

/** torch/nn/modules/module.py, _forward_unimplemented */
function forwardUnimplemented({ className }: Module): PythonError {
  return new PythonError(
    'NotImplementedError',
    `Module [${className}] is missing the required "forward" function`,
  );
}
