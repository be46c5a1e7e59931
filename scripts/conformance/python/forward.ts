/** `module(x)` and `loss(x, target)` of a case, through the engine where it computes them. */
import { runForward } from '../../../src/engine';
import { layerCalls } from '../../../src/engine/graph/calls';
import { isFloating } from '../../../src/torch/dtype';
import { UnknownShape } from '../../../src/torch/nn/described/row';
import { Identity } from '../../../src/torch/nn/linear';
import { Loss } from '../../../src/torch/nn/loss';
import type { Module } from '../../../src/torch/nn/module';
import type { PyValue } from '../../../src/torch/python/values';
import { gradFnAfter, gradFnOfLoss } from '../../../src/torch/repr/grad-fn';
import { type Shape, Storage, Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';
import type { World } from './world';

/** Tensors whose shape and dtype the product knows while their numbers are not computed: they cannot be printed. */
const unknown = new WeakSet<Tensor>();
/** Results of a call that recorded a graph, with the function it recorded last; `undefined` where that is not known. */
const computed = new WeakMap<Tensor, string | undefined>();

export function hasNumbers(tensor: Tensor): boolean {
  return !unknown.has(tensor);
}

export function hasGraph(tensor: Tensor): boolean {
  return computed.has(tensor);
}

/** Name of the function a result came from. Throws NotExpressible where the product knows none. */
export function gradFnName(tensor: Tensor): string | undefined {
  const name = computed.get(tensor);
  if (hasGraph(tensor) && name === undefined) throw new NotExpressible('the name of a grad_fn');
  return name;
}

export async function forward(module: Module, args: readonly PyValue[], world: World): Promise<Tensor> {
  const [input, target] = args;
  if (!(input instanceof Tensor)) throw new NotExpressible('calling a module with what is no tensor');
  if (module instanceof Loss) return loss(module, input, target, world);
  if (args.length !== 1) throw new NotExpressible('a forward with other arguments');
  if (input.dtype !== 'float32') throw new NotExpressible('an input that is not float32');
  const output = await numbers(module, input, world);
  const name = world.gradEnabled ? gradFnThrough(module, input) : null;
  if (name !== null) computed.set(output, name);
  return output;
}

/** Call by call; a leaf that wants a gradient stands under no name of its own. */
function gradFnThrough(module: Module, input: Tensor): string | null | undefined {
  let shape = input.shape;
  let name: string | null | undefined = hasGraph(input)
    ? computed.get(input)
    : input.requiresGrad
      ? ''
      : null;
  for (const call of layerCalls(module)) {
    if (name === undefined || 'apply' in call) return undefined;
    name = gradFnAfter(call.module, shape, name);
    shape = shapeAfter(call.module, shape);
  }
  return name === '' ? undefined : name;
}

async function numbers(module: Module, input: Tensor, world: World): Promise<Tensor> {
  try {
    const x = { shape: input.shape, values: input.float32Data() };
    const { output } = await runForward(world.backend, module, x, world.generator, { observe: false });
    return Tensor.float32(output.values, output.shape);
  } catch (error) {
    if (!isNotComputed(error)) throw error;
    return shapeOnly(shapeAfter(module, input.shape));
  }
}

function shapeAfter(module: Module, input: Shape): Shape {
  try {
    return module.outputShape(input);
  } catch (error) {
    throw error instanceof UnknownShape ? new NotExpressible(error.message) : error;
  }
}

async function loss(module: Loss, input: Tensor, target: PyValue | undefined, world: World): Promise<Tensor> {
  if (!(target instanceof Tensor)) throw new NotExpressible('a loss without a tensor as target');
  if (!isFloating(input.dtype)) throw new NotExpressible('logits that are no floats');
  for (const message of module.targetWarnings(input.shape, target.shape))
    world.warnings.push({ category: 'UserWarning', message });
  module.checkTarget(input.shape, target);
  if (input.dtype !== 'float32') return shapeOnly(module.lossShape(input.shape, target.shape));
  const x = { shape: input.shape, values: input.float32Data() };
  try {
    const result = await runForward(world.backend, new Identity(), x, world.generator, {
      observe: false,
      loss: { criterion: module, target },
    });
    const output = Tensor.float32([result.loss ?? Number.NaN], []);
    if (world.gradEnabled && (hasGraph(input) || input.requiresGrad))
      computed.set(output, gradFnOfLoss(module, input.shape, target));
    return output;
  } catch (error) {
    if (!isNotComputed(error)) throw error;
    return shapeOnly([]);
  }
}

function shapeOnly(shape: Shape): Tensor {
  const tensor = new Tensor(new Storage('float32', new Uint8Array(0)), shape);
  unknown.add(tensor);
  return tensor;
}

function isNotComputed(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('the engine does not compute');
}
