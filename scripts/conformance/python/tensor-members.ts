/** Attributes and methods of a tensor under their Python names. */
import { eager } from '../../../src/engine';
import { bumpVersion, checkInPlace } from '../../../src/torch/autograd/in-place';
import { gradOf, isLeaf, requiresGradInPlace, versionOf } from '../../../src/torch/autograd/leaf';
import { noAccelerator } from '../../../src/torch/device';
import type { DType } from '../../../src/torch/dtype';
import { copyInto } from '../../../src/torch/elements';
import { checkNoArguments, type Parameter, parseArgs } from '../../../src/torch/functions/arg-parser';
import { type Arithmetic, checkOther } from '../../../src/torch/functions/elementwise';
import { checkNumpy, item, toList } from '../../../src/torch/functions/scalars';
import { signatures } from '../../../src/torch/functions/signatures';
import { bind, type ParameterSpec } from '../../../src/torch/nn/signature';
import { moved } from '../../../src/torch/nn/to';
import {
  isNumber,
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
type Function = (tensor: Tensor, values: readonly PyValue[], world: World) => Value;

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

/** Methods that take nothing. */
const plain: Readonly<Record<string, Member>> = {
  dim: (x) => x.shape.length,
  numel: (x) => x.numel,
  item: (x) => item(x),
  tolist: (x) => toList(x),
  is_inference: (x) => x.inference,
  detach: (x) => x.detach(),
  t: (x, world) => eager.transpose(world.eager, x),
  zero_: (x, world) => filled(x, 0, world),
  relu_: (x, world) => eager.unary(world.eager, 'relu', x, x),
  ...Object.fromEntries(
    (['exp', 'log', 'sqrt', 'relu', 'sigmoid', 'tanh', 'neg'] as const).map((fn): [string, Member] => [
      fn,
      (x, world) => eager.unary(world.eager, fn, x),
    ]),
  ),
};

/** Methods with one signature. */
const parsed: Readonly<Partial<Record<keyof typeof signatures, Function>>> = {
  clone: (x, _values, world) => eager.unary(world.eager, 'clone', x),
  matmul: (x, [other], world) => eager.matmul(world.eager, x, other),
  mul: (x, [other], world) => eager.arithmetic(world.eager, 'mul', x, other),
  flatten: (x, [start, end], world) => eager.flatten(world.eager, x, toNumber(start), toNumber(end)),
  requires_grad_: (x, [value], world) => requiresGradInPlace(x, Boolean(value), world.eager.gradMode),
};

const methods: Readonly<Record<string, Method>> = {
  size: (x) => new PySize(x.shape),
  numpy: (x) => {
    checkNumpy(x);
    return new PyObject(new PyGlobal('numpy', 'ndarray'));
  },
  pin_memory: () => {
    throw noAccelerator();
  },
  backward: (x, call) => {
    const [gradient, retain] = bind('Tensor', backwardParameters, asPyCall(call), 'backward').values();
    eager.backward(x, gradient, retain === true);
    return null;
  },
  to: (x, call, world) => eager.to(world.eager, x, destination(call)),
  cpu: (x, _call, world) => eager.to(world.eager, x, onto(new PyDevice('cpu'))),
  cuda: (x, { args: [device = null] }, world) => eager.to(world.eager, x, onto(moved('cuda', asPy(device)))),
  xpu: (x, { args: [device = null] }, world) => eager.to(world.eager, x, onto(moved('xpu', asPy(device)))),
  pow: (x, call, world) => eager.arithmetic(world.eager, 'pow', x, only(call)),
  fill_: (x, call, world) => {
    const value = only(call);
    if (!isNumber(value)) throw new NotExpressible('a value that is no number');
    return filled(x, toNumber(value), world);
  },
  sum: (x, { args, kwargs }, world) =>
    eager.reduce(world.eager, 'sum', x, dims(args[0] ?? kwargs.get('dim'))),
  mean: (x, { args, kwargs }, world) =>
    eager.reduce(world.eager, 'mean', x, dims(args[0] ?? kwargs.get('dim'))),
  view: (x, { args }, world) => eager.view(world.eager, x, sizes(args)),
  reshape: (x, { args }, world) => eager.reshape(world.eager, x, sizes(args)),
  add: (x, call, world) => arithmetic('add', x, only(call), world),
  sub: (x, call, world) => arithmetic('sub', x, only(call), world),
  div: (x, call, world) => arithmetic('div', x, only(call), world),
  add_: (x, call, world) => arithmetic('add', x, only(call), world, x),
  sub_: (x, call, world) => arithmetic('sub', x, only(call), world, x),
  mul_: (x, call, world) => arithmetic('mul', x, only(call), world, x),
  div_: (x, call, world) => arithmetic('div', x, only(call), world, x),
};

const backwardParameters: readonly ParameterSpec[] = [
  { name: 'gradient', default: null },
  { name: 'retain_graph', default: null },
  { name: 'create_graph', default: false },
  { name: 'inputs', default: null },
];

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
  if (Object.hasOwn(plain, name)) {
    return new Callable((call) => {
      checkNoArguments('TensorBase', name, asPyCall(call));
      return plain[name](tensor, world);
    });
  }
  if (Object.hasOwn(parsed, name)) {
    const fn = name as keyof typeof signatures;
    const signature: readonly Parameter[] = signatures[fn].slice(1);
    return new Callable(
      (call) => parsed[fn]?.(tensor, parseArgs(name, signature, asPyCall(call)), world) ?? null,
    );
  }
  if (Object.hasOwn(methods, name)) return new Callable((call) => methods[name](tensor, known(call), world));
  if (!Object.hasOwn(casts, name)) return undefined;
  return new Callable(() => eager.to(world.eager, tensor, { device: null, dtype: casts[name] }));
}

function arithmetic(
  operator: Arithmetic,
  x: Tensor,
  other: PyValue,
  world: World,
  into: Tensor | null = null,
): Tensor {
  checkOther(into ? `${operator}_` : operator, other);
  return eager.arithmetic(world.eager, operator, x, other, into);
}

/** The argument of a method whose other signatures are not read here. */
function only(call: Call): PyValue {
  const { args, kwargs } = asPyCall(call);
  if (args.length !== 1 || kwargs.size > 0) throw new NotExpressible('other signatures');
  return args[0];
}

const keywords = ['dim', 'gradient', 'retain_graph', 'create_graph', 'inputs', 'device', 'dtype'];

function known(call: Call): Call {
  const other = [...call.kwargs.keys()].find((name) => !keywords.includes(name));
  if (other) throw new NotExpressible(`${other}=`);
  return call;
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
  if (args.length === 0) throw new NotExpressible('no sizes');
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
