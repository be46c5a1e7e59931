/** Where each value that a training step carries lives: the module's tensors, the optimizer's, or `.grad`. */
import type { Optimizer } from '../torch/optim/optimizer';
import { numelOf, type Tensor } from '../torch/tensor';
import type { StepGraph } from './graph/graph';
import { names } from './graph/names';
import { optimizerRuleOf } from './graph/optimizers';
import type { Slot } from './graph/optimizers/rule';
import { readFloat32, writeFloat32 } from './tensors';

export interface Access {
  read(): Float32Array;
  write(values: Float32Array): void;
}

/** By name of the graph input. Optimizer state and gradients that are not there yet read as zeros. */
export function stateAccess(
  step: StepGraph,
  tensors: ReadonlyMap<string, Tensor>,
  optimizer: Optimizer,
  slots: readonly Slot[],
  grads: Map<string, Float32Array>,
): ReadonlyMap<string, Access> {
  const access = new Map<string, Access>();
  for (const [key, tensor] of tensors) {
    access.set(key, { read: () => readFloat32(tensor), write: (values) => writeFloat32(tensor, values) });
  }
  for (const { parameter, key } of slots) {
    for (const name of optimizerRuleOf(optimizer).stateNames) {
      access.set(names.optimizerState(name, key), {
        read() {
          const tensor = optimizer.state.get(parameter)?.get(name);
          return tensor ? readFloat32(tensor) : new Float32Array(parameter.numel);
        },
        write: (values) => writeFloat32(optimizer.stateTensor(parameter, name), values),
      });
    }
  }
  for (const { input, shape } of step.state) {
    if (access.has(input)) continue;
    access.set(input, {
      read: () => grads.get(input) ?? new Float32Array(numelOf(shape)),
      write: (values) => grads.set(input, values),
    });
  }
  return access;
}
