/** `module(x)` and `criterion(x, target)`, call by call, each recorded as PyTorch records it. */
import { bumpVersion, checkInPlace } from '../../torch/autograd/in-place';
import { layerRecording } from '../../torch/autograd/layers';
import { record } from '../../torch/autograd/record';
import { copyInto } from '../../torch/elements';
import { NotBuilt, PythonError } from '../../torch/errors';
import { BatchNorm } from '../../torch/nn/batchnorm';
import { Described } from '../../torch/nn/described/row';
import { AnyDropout } from '../../torch/nn/dropout';
import { Flatten } from '../../torch/nn/flatten';
import { checkLayerDevice, inputError } from '../../torch/nn/inputs';
import { Identity } from '../../torch/nn/linear';
import { Loss } from '../../torch/nn/loss';
import { type Module, missingForward } from '../../torch/nn/module';
import { bind, type CallArguments } from '../../torch/nn/signature';
import { Embedding } from '../../torch/nn/sparse';
import { UserModule } from '../../torch/program/user-module';
import type { PyValue } from '../../torch/python/values';
import { Generator } from '../../torch/random/generator';
import { type Shape, Tensor } from '../../torch/tensor';
import { layerCalls, type ModuleCall } from '../graph/calls';
import { type EnteredForward, enterCall } from '../graph/enter';
import type { CallEffects } from '../graph/layers/rule';
import { lowerForward } from '../graph/lower';
import { tensorsByKey } from '../graph/lowering';
import { names } from '../graph/names';
import type { Floats } from '../ops/op';
import { unary } from './arithmetic';
import { precisionOf, run, tensorOf, valuesOf } from './compute';
import { type Eager, made, onMeta } from './eager';
import { callLoss } from './losses';
import { flatten } from './views';

/** `module(*args, **kwargs)`. Raises what the call raises; throws NotBuilt for a layer without a rule. */
export function callModule(eager: Eager, module: Module, call: CallArguments): PyValue {
  module.requireInit('_backward_hooks');
  if (module instanceof Described) throw new NotBuilt(`the forward of ${module.className}`);
  if (module instanceof UserModule && !module.spec.forward) throw missingForward(module);
  const parameters =
    module instanceof Loss ? ['input', 'target'] : [module instanceof UserModule ? 'x' : 'input'];
  const bound = bind(
    module.className,
    parameters.map((name) => ({ name })),
    call,
    'forward',
  );
  const [input, target] = parameters.map((name) => bound.get(name) ?? null);
  return module instanceof Loss ? callLoss(eager, module, input, target) : callAll(eager, module, input);
}

function callAll(eager: Eager, root: Module, input: PyValue): PyValue {
  let value = input;
  for (const call of layerCalls(root)) {
    if ('module' in call) value = callLayer(eager, call.module, value);
    else if (!(value instanceof Tensor)) throw new NotBuilt(`${call.apply} of what is no tensor`);
    else value = call.apply === 'F.relu' ? unary(eager, 'relu', value) : flatten(eager, value, 1, -1);
  }
  return value;
}

function callLayer(eager: Eager, layer: Module, input: PyValue): PyValue {
  if (!(input instanceof Tensor)) {
    if (layer instanceof Identity) return input;
    throw inputError(layer, input);
  }
  if (layer instanceof BatchNorm) checkCounting(eager, layer, input.shape);
  const { shape, dtype } = input;
  if (layer instanceof Embedding) {
    layer.outputShape(shape, dtype);
    layer.checkIndices(input);
  }
  const call = { path: '', module: layer };
  const effects = entering(call, input, eager);
  if (passesOn(layer, input)) return input;
  if (layer instanceof Flatten)
    return flatten(eager, input, layer.numberAttribute('start_dim'), layer.numberAttribute('end_dim'));
  const entered: EnteredForward = {
    input: shape,
    calls: [call],
    shapes: new Map([['', effects.output]]),
    masks: new Map(),
    feeds: new Map(effects.feeds),
    failure: null,
  };
  return computed(eager, layer, input, entered, effects.output);
}

/** On meta nothing is drawn, and shapes are refused in other words. */
function entering(call: ModuleCall, input: Tensor, { generator, warn }: Eager): CallEffects {
  const { shape, dtype } = input;
  const onMetaDevice = input.isMeta;
  const drawn = onMetaDevice ? new Generator(0) : generator;
  try {
    return enterCall(call, { path: call.path, input: shape, dtype, generator: drawn, warn });
  } catch (error) {
    const words = onMetaDevice && error instanceof PythonError && error.type === 'RuntimeError';
    throw words ? new NotBuilt('what meta says of shapes') : error;
  }
}

/** Counting batches writes into a buffer, before anything else is looked at but the number of axes. */
function checkCounting(eager: Eager, layer: BatchNorm, shape: Shape): void {
  layer.checkInputDim(shape);
  const counter = layer.buffers.get('num_batches_tracked');
  if (layer.training && counter) checkInPlace(counter, eager.gradMode);
}

/** Whether the layer gives back the very tensor it was given. */
function passesOn(layer: Module, input: Tensor): boolean {
  if (layer instanceof AnyDropout) return !layer.training || layer.p === 0 || input.numel === 0;
  return layer instanceof Identity;
}

function computed(eager: Eager, layer: Module, input: Tensor, entered: EnteredForward, shape: Shape): Tensor {
  const dtype = layer.outputDtype(input.dtype);
  const inPlace = Boolean(layer.attributes.get('inplace'));
  if (inPlace) checkInPlace(input, eager.gradMode);
  checkLayerDevice(layer, input);
  if (input.isMeta) return recordLayer(eager, layer, input, onMeta({ shape, dtype }), null);
  const pass = passOf(layer, input, entered);
  const fresh = tensorOf(pass.forward(), shape, dtype);
  return recordLayer(eager, layer, input, inPlace ? written(input, fresh) : made(eager, fresh), pass);
}

interface Pass {
  /** The output; moves running statistics. */
  forward(): Floats;
  /** Gradients of the input (`x`) and of parameters, by key. */
  backward(grad: Tensor): ReadonlyMap<string, Floats>;
}

/** Both directions of one call, in the mode the layer has now and with the numbers there are now. */
function passOf(layer: Module, input: Tensor, entered: EnteredForward): Pass {
  const precision = precisionOf([input.dtype]);
  const tensors = tensorsByKey(layer);
  const feeds = new Map<string, Floats>(entered.feeds);
  for (const [key, tensor] of tensors) feeds.set(key, valuesOf(tensor).data);
  feeds.set(names.x, valuesOf(input).data);
  const graph = lowerForward(layer, entered, { observe: false });
  const upstream = lowerForward(layer, entered, { observe: false, upstream: true });
  return {
    forward() {
      const results = run(graph, feeds, precision);
      for (const [key, tensor] of tensors) {
        const moved = results.get(names.next(key));
        if (moved) written(tensor, tensorOf(moved, tensor.shape, tensor.dtype));
      }
      return results.get(names.output) as Floats;
    },
    backward: (grad) => run(upstream, new Map([...feeds, [names.upstream, valuesOf(grad).data]]), precision),
  };
}

function written(tensor: Tensor, values: Tensor): Tensor {
  copyInto(tensor, values);
  bumpVersion(tensor);
  return tensor;
}

function recordLayer(eager: Eager, layer: Module, input: Tensor, result: Tensor, pass: Pass | null): Tensor {
  const parameters = new Map([...tensorsByKey(layer)].filter(([, tensor]) => tensor.requiresGrad));
  const inputs = new Map([[names.x, input], ...parameters]);
  if (!eager.gradMode.enabled || ![...inputs.values()].some((tensor) => tensor.requiresGrad)) return result;
  const { name, saves, holds = false, without = [] } = layerRecording(layer, input, result);
  const reached = [...inputs].filter(([, tensor]) => !without.includes(tensor));
  record(eager.gradMode, result, {
    name,
    inputs: reached.map(([, tensor]) => tensor),
    saves: () => saves,
    holds,
    backward(grad) {
      const grads = pass?.backward(grad);
      return reached.map(([key, tensor]) => {
        const found = grads?.get(names.gradient(key));
        return found ? tensorOf(found, tensor.shape, tensor.dtype) : null;
      });
    },
  });
  return result;
}
