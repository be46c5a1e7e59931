/** The names a case starts with: `torch`, `nn`, `F`, `zeros`, ... Each reaches the product; what is missing here is skipped. */
import type { DType } from '../../../src/torch/dtype';
import { BareModule } from '../../../src/torch/nn/container';
import { createLayer, type LayerClass } from '../../../src/torch/nn/layer-class';
import { layerClasses, lossClasses } from '../../../src/torch/nn/registry';
import type { ParamGroupSpec } from '../../../src/torch/optim/optimizer';
import { type OptimizerClass, optimizerClasses } from '../../../src/torch/optim/registry';
import { typeName } from '../../../src/torch/python/type-name';
import {
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PySize,
  type PyValue,
  toNumber,
} from '../../../src/torch/python/values';
import { manualSeed } from '../../../src/torch/random/global';
import { type PrintOptions, setPrintOptions } from '../../../src/torch/repr/print-options';
import { valueRepr, valueStr } from '../../../src/torch/repr/value';
import { Parameter, Tensor } from '../../../src/torch/tensor';
import { containers } from './containers';
import { NotExpressible } from './syntax';
import { filledTensor, tensorOf } from './tensors';
import { asPy, type Call, Callable, itemsOf, Namespace, TypeOf, Unit, type Value } from './values';
import type { World } from './world';

const dtypeNames: Readonly<Record<string, DType>> = {
  float32: 'float32',
  float64: 'float64',
  double: 'float64',
  half: 'float16',
  uint8: 'uint8',
  int32: 'int32',
  int64: 'int64',
  long: 'int64',
  bool: 'bool',
};

export function rootScope(world: World): Map<string, Value> {
  const nn = new Namespace('nn', [
    ...[...layerClasses.values(), ...lossClasses.values()].map((cls): [string, Value] => [
      cls.kind,
      layerConstructor(cls, world),
    ]),
    ...containers,
    ['Parameter', new Callable(({ args: [data] }) => new Parameter(tensor(data)))],
    ['Module', new Callable(() => new BareModule())],
  ]);
  const functional = new Namespace('F', [
    ['relu', new PyGlobal('torch.nn.functional', 'relu')],
    ['gelu', new PyGlobal('torch._C._nn', 'gelu')],
  ]);
  const tensors: [string, Value][] = [
    ['zeros', new Callable((call) => filledTensor(call, 0))],
    ['ones', new Callable((call) => filledTensor(call, 1))],
    ['tensor', new Callable(tensorOf)],
  ];
  const optim = new Namespace(
    'torch.optim',
    [...optimizerClasses].map(([name, cls]): [string, Value] => [name, optimizerConstructor(cls)]),
  );
  const torch = new Namespace('torch', [
    ...tensors,
    ...Object.entries(dtypeNames).map(([name, dtype]): [string, Value] => [name, new PyDType(dtype)]),
    ['nn', nn],
    ['optim', optim],
    ['manual_seed', new Callable((call) => seeded(call, world))],
    ['device', new Callable(({ args: [name] }) => device(name))],
    ['set_printoptions', new Callable((call) => printOptions(call, world))],
    ['no_grad', new Callable(() => new Unit('no_grad'))],
    ['Size', new Callable(({ args: [sizes] }) => new PySize(itemsOf(sizes).map((d) => toNumber(asPy(d)))))],
  ]);
  return new Map<string, Value>([
    ['torch', torch],
    ['nn', nn],
    ['F', functional],
    ...tensors,
    ...builtins(world),
    ['collections', new Namespace('collections', [['OrderedDict', new Callable(orderedDict)]])],
  ]);
}

/** `torch.device('cuda:0')`; other spellings are not taken apart here. */
function device(name: Value): PyDevice {
  const [, type, index] = /^([a-z]+)(?::([0-9]+))?$/.exec(String(name)) ?? [];
  if (type !== 'cpu' && type !== 'cuda') throw new NotExpressible('this device');
  return new PyDevice(type, index === undefined ? null : Number(index));
}

/** Gives None: the runner has no names for a generator. */
function seeded({ args: [seed] }: Call, world: World): null {
  manualSeed(world.generator, asPy(seed));
  return null;
}

const printOptionNames: Readonly<Record<string, keyof PrintOptions>> = {
  precision: 'precision',
  threshold: 'threshold',
  edgeitems: 'edgeitems',
  linewidth: 'linewidth',
  sci_mode: 'sciMode',
};

function printOptions({ args, kwargs }: Call, world: World): null {
  if (args.length > 0) throw new NotExpressible('positional print options');
  const given = [...kwargs].flatMap(([name, value]) => {
    const option = printOptionNames[name];
    if (!option) return [];
    return [[option, typeof value === 'boolean' ? value : toNumber(asPy(value))] as const];
  });
  const profile = kwargs.get('profile');
  world.printOptions = setPrintOptions(
    world.printOptions,
    Object.fromEntries(given),
    typeof profile === 'string' ? profile : undefined,
  );
  return null;
}

function builtins(world: World): [string, Value][] {
  return [
    ['list', new Callable(({ args: [value] }) => [...itemsOf(value)])],
    ['repr', new Callable(({ args: [value] }) => valueRepr(asPy(value), world.printOptions))],
    ['str', new Callable(({ args: [value] }) => valueStr(asPy(value), world.printOptions))],
    ['type', new Callable(({ args: [value] }) => new TypeOf(typeName(asPy(value))))],
    ['next', new Callable(({ args: [value] }) => itemsOf(value)[0])],
    ['range', new Callable(({ args: [n] }) => Array.from({ length: toNumber(asPy(n)) }, (_, i) => i))],
    [
      'sum',
      new Callable(({ args: [value] }) => itemsOf(value).reduce((n: number, x) => n + toNumber(asPy(x)), 0)),
    ],
    ['dict', new Callable(({ kwargs }) => new PyDict([...kwargs].map(([key, value]) => [key, asPy(value)])))],
    ['float', new Callable(({ args: [text] }) => new PyFloat(numberOf(text)))],
  ];
}

function numberOf(text: Value): number {
  if (text === 'nan') return Number.NaN;
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return toNumber(asPy(text));
}

function layerConstructor(cls: LayerClass, world: World): Callable {
  return new Callable(({ args, kwargs }) =>
    createLayer(
      cls as LayerClass,
      {
        args: args.map(asPy),
        kwargs: new Map([...kwargs].map(([name, value]) => [name, asPy(value)])),
      },
      world.generator,
    ),
  );
}

function orderedDict({ args: [pairs] }: Call): PyDict {
  return PyDict.ordered(
    itemsOf(pairs).map((pair): [PyValue, PyValue] => {
      const [key, value] = itemsOf(pair);
      return [asPy(key), asPy(value)];
    }),
  );
}

function optimizerConstructor(cls: OptimizerClass): Callable {
  return new Callable(({ args: [params], kwargs }) => {
    const options = new Map([...kwargs].map(([name, value]) => [name, asPy(value)]));
    return new cls(groupsOf(params), options);
  });
}

function groupsOf(params: Value): Parameter[] | ParamGroupSpec[] {
  const items = itemsOf(params);
  if (items.length > 0 && items.every((item) => item instanceof PyDict)) {
    return items.map((group) => {
      const options = new Map([...(group as PyDict)].map(([name, value]) => [String(name), value]));
      const own = options.get('params') ?? [];
      options.delete('params');
      return { params: itemsOf(own).map(parameter), options };
    });
  }
  return items.map(parameter);
}

/** `zeros(2, requires_grad=True)` is no Parameter in Python; the same one given twice stays the same. */
const leaves = new WeakMap<Tensor, Parameter>();

function parameter(value: Value): Parameter {
  if (value instanceof Parameter) return value;
  const data = tensor(value);
  if (!data.requiresGrad) throw new NotExpressible('optimizing a tensor without gradient');
  const leaf = leaves.get(data) ?? new Parameter(data);
  leaves.set(data, leaf);
  return leaf;
}

function tensor(value: Value): Tensor {
  if (value instanceof Tensor) return value;
  throw new NotExpressible('what is no tensor');
}
