/** Attributes and methods of a tensor under their Python names. */
import { eager } from '../../../src/engine';
import { bumpVersion, checkInPlace } from '../../../src/torch/autograd/in-place';
import { gradOf, isLeaf, requiresGradInPlace, versionOf } from '../../../src/torch/autograd/leaf';
import { noAccelerator } from '../../../src/torch/device';
import type { DType } from '../../../src/torch/dtype';
import { copyInto } from '../../../src/torch/elements';
import { checkNumpy, item, toList } from '../../../src/torch/functions/scalars';
import { moved } from '../../../src/torch/nn/to';
import {
  PyDevice,
  PyDType,
  PyGlobal,
  PyObject,
  PySize,
  type PyValue,
  toNumber,
} from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { type Destination, destinationOf } from '../../../src/torch/to';
import { NotExpressible } from './syntax';
import { asPy, asPyCall, type Call, Callable, type Value } from './values';
import type { World } from './world';

type Member = (tensor: Tensor, world: World) => Value;
type Method = (tensor: Tensor, call: Call, world: World) => Value;

const attributes: Readonly<Record<string, Member>> = {
  shape: (x) => new PySize(x.shape),
  dtype: (x) => new PyDType(x.dtype),
  device: (x) => new PyDevice(x.storage.location),
  is_cuda: () => false,
  requires_grad: (x) => x.requiresGrad,
  is_leaf: (x) => isLeaf(x),
  grad_fn: (x) => x.gradFn,
  grad: (x, { eager: { warn } }) => gradOf(x, warn),
  _version: (x) => versionOf(x),
  data: (x) => withoutHistory(x),
};

const methods: Readonly<Record<string, Method>> = {
  size: (x) => new PySize(x.shape),
  dim: (x) => x.shape.length,
  numel: (x) => x.numel,
  item: (x) => item(x),
  tolist: (x) => toList(x),
  numpy: (x) => {
    checkNumpy(x);
    return new PyObject(new PyGlobal('numpy', 'ndarray'));
  },
  is_inference: (x) => x.inference,
  pin_memory: () => {
    throw noAccelerator();
  },
  detach: (x) => x.detach(),
  requires_grad_: (x, { args: [value = true] }, { eager: { gradMode } }) =>
    requiresGradInPlace(x, value === true, gradMode),
  backward: (x, { args, kwargs }) => {
    const [gradient = kwargs.get('gradient') ?? null, retain = kwargs.get('retain_graph')] = args;
    eager.backward(x, asPy(gradient), retain === true);
    return null;
  },
  to: (x, call, world) => eager.to(world.eager, x, destination(call)),
  cpu: (x, _call, world) => eager.to(world.eager, x, onto(new PyDevice('cpu'))),
  cuda: (x, { args: [device = null] }, world) => eager.to(world.eager, x, onto(moved('cuda', asPy(device)))),
  xpu: (x, { args: [device = null] }, world) => eager.to(world.eager, x, onto(moved('xpu', asPy(device)))),
  add: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'add', x, asPy(other)),
  sub: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'sub', x, asPy(other)),
  mul: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'mul', x, asPy(other)),
  div: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'div', x, asPy(other)),
  pow: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'pow', x, asPy(other)),
  add_: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'add', x, asPy(other), x),
  sub_: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'sub', x, asPy(other), x),
  mul_: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'mul', x, asPy(other), x),
  div_: (x, { args: [other] }, world) => eager.arithmetic(world.eager, 'div', x, asPy(other), x),
  relu_: (x, _call, world) => eager.unary(world.eager, 'relu', x, x),
  zero_: (x, _call, world) => filled(x, 0, world),
  fill_: (x, { args: [value] }, world) => filled(x, toNumber(asPy(value)), world),
  matmul: (x, { args: [other] }, world) => eager.matmul(world.eager, x, asPy(other)),
  sum: (x, { args, kwargs }, world) =>
    eager.reduce(world.eager, 'sum', x, dims(args[0] ?? kwargs.get('dim'))),
  mean: (x, { args, kwargs }, world) =>
    eager.reduce(world.eager, 'mean', x, dims(args[0] ?? kwargs.get('dim'))),
  view: (x, { args }, world) => eager.view(world.eager, x, sizes(args)),
  reshape: (x, { args }, world) => eager.reshape(world.eager, x, sizes(args)),
  flatten: (x, { args: [start = 0, end = -1] }, world) =>
    eager.flatten(world.eager, x, toNumber(asPy(start)), toNumber(asPy(end))),
  t: (x, _call, world) => eager.transpose(world.eager, x),
};

const functions = ['exp', 'log', 'sqrt', 'relu', 'sigmoid', 'tanh', 'neg', 'clone'] as const;

const casts: Readonly<Record<string, DType>> = {
  double: 'float64',
  float: 'float32',
  half: 'float16',
  bfloat16: 'bfloat16',
  long: 'int64',
  int: 'int32',
  bool: 'bool',
};

export function tensorMember(tensor: Tensor, name: string, world: World): Value | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name](tensor, world);
  if (Object.hasOwn(methods, name)) return new Callable((call) => methods[name](tensor, known(call), world));
  const fn = functions.find((known) => known === name);
  if (fn) return new Callable(({ args }) => eager.unary(world.eager, fn, alone(tensor, args)));
  if (!Object.hasOwn(casts, name)) return undefined;
  return new Callable(() => eager.to(world.eager, tensor, { device: null, dtype: casts[name] }));
}

const keywords = ['dim', 'gradient', 'retain_graph', 'device', 'dtype'];

function known(call: Call): Call {
  const other = [...call.kwargs.keys()].find((name) => !keywords.includes(name));
  if (other) throw new NotExpressible(`${other}=`);
  return call;
}

function alone(tensor: Tensor, args: readonly Value[]): Tensor {
  if (args.length > 0) throw new NotExpressible('arguments of a function without any');
  return tensor;
}

/** `x.data`: the same memory, whose writes nobody counts. */
function withoutHistory({ storage, shape, stride, offset, dtype }: Tensor): Tensor {
  return new Tensor(storage, shape, { stride, offset, dtype });
}

function filled(x: Tensor, value: number, world: World): Tensor {
  checkInPlace(x, world.eager.gradMode);
  copyInto(x, Tensor.float32(new Float32Array(x.numel).fill(value), x.shape));
  bumpVersion(x);
  return x;
}

function destination(call: Call): Destination {
  const { args, kwargs } = asPyCall(call);
  return destinationOf(args, kwargs);
}

function onto(device: PyDevice): Destination {
  return { device, dtype: null };
}

function sizes(args: readonly Value[]): number[] {
  const [only] = args;
  const given = args.length === 1 ? asPy(only) : null;
  const items: readonly PyValue[] = Array.isArray(given) ? given : args.map(asPy);
  return items.map((size) => {
    if (typeof size !== 'number') throw new NotExpressible('sizes that are no ints');
    return size;
  });
}

function dims(dim: Value | undefined): number[] {
  if (dim === undefined || dim === null) return [];
  return sizes([dim]);
}
