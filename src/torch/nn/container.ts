/** `torch.nn.Sequential` (torch/nn/modules/container.py). */
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
