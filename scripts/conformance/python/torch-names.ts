/** The names a case starts with: `torch`, `nn`, `F`, `zeros`, ... Each reaches the product; what is missing here is skipped. */
import { eager } from '../../../src/engine';
import type { GradBlock } from '../../../src/torch/autograd/grad-mode';
import { drawnTensor, filledTensor, type Keywords, tensorOf } from '../../../src/torch/creation';
import { autocast, callCuda, checkGeneratorDevice, cudaFunctions } from '../../../src/torch/cuda';
import { checkAvailable, torchDevice } from '../../../src/torch/device';
import type { DType } from '../../../src/torch/dtype';
import { BareModule } from '../../../src/torch/nn/container';
import { createLayer, type LayerClass } from '../../../src/torch/nn/layer-class';
import type { Module } from '../../../src/torch/nn/module';
import { parameterOf } from '../../../src/torch/nn/parameter';
import { layerClasses, lossClasses } from '../../../src/torch/nn/registry';
import { createOptimizer, optimizerClasses } from '../../../src/torch/optim/registry';
import {
  type PyDevice,
  PyDType,
  PyGlobal,
  PyObject,
  PySize,
  type PyValue,
  toNumber,
} from '../../../src/torch/python/values';
import { manualSeed } from '../../../src/torch/random/global';
import type { Tensor } from '../../../src/torch/tensor';
import { builtins, printOptions } from './builtins';
import { containers } from './containers';
import { functional, torchFunctions } from './functions';
import { asPy, asPyCall, type Call, Callable, Context, itemsOf, Namespace, type Value } from './values';
import type { World } from './world';

const dtypeNames: Readonly<Record<string, DType>> = {
  float32: 'float32',
  float: 'float32',
  float64: 'float64',
  double: 'float64',
  float16: 'float16',
  half: 'float16',
  bfloat16: 'bfloat16',
  uint8: 'uint8',
  int8: 'int8',
  int16: 'int16',
  int32: 'int32',
  int64: 'int64',
  long: 'int64',
  bool: 'bool',
  complex64: 'complex64',
};

export function rootScope(world: World): Map<string, Value> {
  const functions = new Namespace('torch.nn.functional', functional(world));
  const nn = new Namespace('nn', [
    ...[...layerClasses.values(), ...lossClasses.values()].map((cls): [string, Value] => [
      cls.kind,
      layerConstructor(cls, world),
    ]),
    ...containers,
    ['Parameter', new Callable(parameter)],
    ['Module', new Callable(() => new BareModule())],
    ['functional', functions],
  ]);
  const tensors: [string, Value][] = [
    ['zeros', creation((args, keywords) => filledTensor('zeros', 0, args, keywords), world)],
    ['ones', creation((args, keywords) => filledTensor('ones', 1, args, keywords), world)],
    ['tensor', creation(tensorOf, world)],
  ];
  const optim = [...optimizerClasses].map(([name, cls]): [string, Value] => [
    name,
    new Callable((call) => createOptimizer(cls, asPyCall(call), world.eager.warn)),
  ]);
  const drawn = (['rand', 'randn'] as const).map((name): [string, Value] => [
    name,
    creation((args, keywords) => drawnTensor(name, args, keywords, world.generator), world),
  ]);
  const torch = new Namespace('torch', [
    ...tensors,
    ...drawn,
    ...torchFunctions(world),
    ...Object.entries(dtypeNames).map(([name, dtype]): [string, Value] => [name, new PyDType(dtype)]),
    ['nn', nn],
    ['optim', new Namespace('torch.optim', optim)],
    [
      'cuda',
      new Namespace(
        'torch.cuda',
        cudaFunctions.map((name) => [name, new Callable(() => callCuda(name))]),
      ),
    ],
    ['manual_seed', new Callable((call) => seeded(call, world))],
    ['Generator', new Callable(generator)],
    ['device', new Callable(device)],
    ['set_default_device', new Callable((call) => setDefaultDevice(call, world))],
    ['autocast', new Callable((call) => autocastOn(call, world))],
    ['set_printoptions', new Callable((call) => printOptions(call, world))],
    ...(['no_grad', 'enable_grad', 'inference_mode'] as const).map((block): [string, Value] => [
      block,
      new Callable((call) => gradBlock(block, call, world)),
    ]),
    ['is_grad_enabled', new Callable(() => world.eager.gradMode.enabled)],
    ['Size', new Callable(({ args: [sizes] }) => new PySize(itemsOf(sizes).map((d) => toNumber(asPy(d)))))],
  ]);
  return new Map<string, Value>([
    ['torch', torch],
    ['nn', nn],
    ['F', functions],
    ...tensors,
    ...builtins(world),
  ]);
}

/** A function that makes a tensor, where nothing else is said on the device that was set for all. */
function creation(make: (args: readonly PyValue[], keywords: Keywords) => Tensor, world: World): Callable {
  return new Callable((call) => {
    const { args, kwargs } = asPyCall(call);
    const keywords =
      world.defaultDevice && !kwargs.has('device')
        ? new Map([...kwargs, ['device', world.defaultDevice] as const])
        : kwargs;
    return eager.made(world.eager, make(args, keywords));
  });
}

function layerConstructor(cls: LayerClass, world: World): Callable {
  const { moduleName } = new cls();
  return new Callable((call) => {
    const { args, kwargs } = asPyCall(call);
    const device = world.defaultDevice;
    if (device) checkAvailable(device);
    return inMode(createLayer(cls, { args, kwargs }, world.generator, world.eager.warn), world);
  }, new PyGlobal(moduleName, cls.kind));
}

/** What a module made in inference mode holds are inference tensors. */
function inMode(module: Module, { eager: { gradMode } }: World): Module {
  for (const [, tensor] of [...module.namedParameters(), ...module.namedBuffers()])
    tensor.inference = gradMode.inference;
  return module;
}

function parameter({ args: [data], kwargs }: Call): Value {
  return parameterOf(data === undefined ? undefined : asPy(data), kwargs.get('requires_grad') !== false);
}

/** `with torch.no_grad():`; `inference_mode(False)` changes nothing. */
function gradBlock(block: GradBlock, { args: [on = true] }: Call, { eager: { gradMode } }: World): Context {
  return new Context(() => (on === true ? gradMode.enter(block) : () => {}));
}

function device({ args, kwargs }: Call): PyDevice {
  const named = ['device', 'type', 'index'].flatMap((name) =>
    kwargs.has(name) ? [kwargs.get(name) as Value] : [],
  );
  return torchDevice([...args, ...named].map(asPy));
}

function setDefaultDevice({ args: [name] }: Call, world: World): null {
  world.defaultDevice = torchDevice([asPy(name)]);
  return null;
}

function autocastOn({ args: [type] }: Call, world: World): Context {
  autocast(torchDevice([asPy(type)]), world.eager.warn);
  return new Context(() => () => {});
}

/** A generator that nothing is drawn from here. */
function generator({ args: [given], kwargs }: Call): PyObject {
  checkGeneratorDevice(torchDevice([asPy(given ?? kwargs.get('device') ?? 'cpu')]));
  return new PyObject(new PyGlobal('torch', 'Generator'));
}

/** Gives None: the runner has no names for a generator. */
function seeded({ args: [seed] }: Call, world: World): null {
  manualSeed(world.generator, asPy(seed));
  return null;
}
