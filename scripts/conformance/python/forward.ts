/** `module(x)` of a case. Where the product knows a layer without computing it, the result has a shape and no numbers. */
import { eager } from '../../../src/engine';
import { NotBuilt } from '../../../src/torch/errors';
import type { Module } from '../../../src/torch/nn/module';
import type { CallArguments } from '../../../src/torch/nn/signature';
import type { PyValue } from '../../../src/torch/python/values';
import { Storage, Tensor } from '../../../src/torch/tensor';
import type { World } from './world';

/** Tensors whose shape and dtype are known while their numbers are not: they cannot be printed. */
const unknown = new WeakSet<Tensor>();

export function hasNumbers(tensor: Tensor): boolean {
  return !unknown.has(tensor);
}

export function forward(module: Module, call: CallArguments, world: World): PyValue {
  try {
    return eager.callModule(world.eager, module, call);
  } catch (error) {
    const [input] = call.args;
    if (!(error instanceof NotBuilt) || !(input instanceof Tensor) || input.isMeta || call.args.length > 1)
      throw error;
    return shapeOnly(module, input, world);
  }
}

function shapeOnly(module: Module, input: Tensor, { eager: { warn } }: World): Tensor {
  const shape = module.outputShape(input.shape, input.dtype, warn);
  const tensor = new Tensor(new Storage(module.outputDtype(input.dtype), new Uint8Array(0)), shape);
  unknown.add(tensor);
  return tensor;
}
