/** `torch.relu`, `F.softmax`, ...: functions of a case, by the product's own or by the layer that calls them. */
import { eager } from '../../../src/engine';
import { type Parameter, parseArgs } from '../../../src/torch/functions/arg-parser';
import { signatures } from '../../../src/torch/functions/signatures';
import { LogSoftmax, Softmax } from '../../../src/torch/nn/activation';
import { Dropout, Dropout2d } from '../../../src/torch/nn/dropout';
import { createLoss } from '../../../src/torch/nn/layer-class';
import type { Module } from '../../../src/torch/nn/module';
import { lossClasses } from '../../../src/torch/nn/registry';
import { bindFunction, type CallArguments, type ParameterSpec } from '../../../src/torch/nn/signature';
import { argumentError } from '../../../src/torch/python/arguments';
import { PyFloat, PyGlobal, type PyValue, toNumber } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { forward } from './forward';
import { NotExpressible } from './syntax';
import { asPyCall, Callable, type Value } from './values';
import type { World } from './world';

type Named = [string, Callable];

const elementwise = ['relu', 'exp', 'log', 'sqrt', 'sigmoid', 'tanh', 'neg', 'clone'] as const;

/** Functions of `torch` itself. */
export function torchFunctions(world: World): Named[] {
  const { eager: mode } = world;
  const of = (name: string, run: (call: CallArguments) => Value): Named =>
    named('torch', name, (call) => run(call));
  const parsed = (name: keyof typeof signatures, run: (...values: readonly PyValue[]) => Value): Named => {
    const signature: readonly Parameter[] = signatures[name];
    return of(name, (call) => run(...parseArgs(name, signature, call)));
  };
  return [
    ...elementwise.map((name) => parsed(name, (x) => eager.unary(mode, name, x as Tensor))),
    parsed('matmul', (x, other) => eager.matmul(mode, x, other)),
    parsed('mul', (x, other) => eager.arithmetic(mode, 'mul', x, other)),
    parsed('flatten', (x, start, end) => eager.flatten(mode, x as Tensor, toNumber(start), toNumber(end))),
    parsed('softmax', (x, dim, dtype) => softmax(new Softmax(), { x, dim, dtype }, world)),
    parsed('log_softmax', (x, dim, dtype) => softmax(new LogSoftmax(), { x, dim, dtype }, world)),
    of('sum', (call) => eager.reduce(mode, 'sum', only('sum', call))),
    of('mean', (call) => eager.reduce(mode, 'mean', only('mean', call))),
    of('add', ({ args, kwargs }) => {
      if (args.length !== 2 || kwargs.size > 0) throw new NotExpressible('the signatures of add');
      return eager.arithmetic(mode, 'add', args[0], args[1]);
    }),
  ];
}

/** Functions of `torch.nn.functional`, which are Python's own. */
export function functional(world: World): Named[] {
  const of = (name: string, parameters: readonly ParameterSpec[], run: (bound: Bound) => Value): Named =>
    named('torch.nn.functional', name, (call) => {
      const bound = bindFunction(name, parameters, call);
      return run((parameter) => bound.get(parameter) ?? null);
    });
  const loss = (name: string, kind: string): Named =>
    named('torch.nn.functional', name, (call) => lossOf(kind, call, world));
  const softmaxOf = (bound: Bound, layer: Module): PyValue =>
    softmax(layer, { x: bound('input'), dim: bound('dim'), dtype: bound('dtype') }, world);
  return [
    of('relu', [input, inplace], (bound) => {
      const x = bound('input');
      if (!(x instanceof Tensor)) throw argumentError('relu', 'input', 1, 'Tensor', x);
      return eager.unary(world.eager, 'relu', x, bound('inplace') === true ? x : null);
    }),
    of('softmax', softmaxParameters, (bound) => softmaxOf(bound, new Softmax())),
    of('log_softmax', softmaxParameters, (bound) => softmaxOf(bound, new LogSoftmax())),
    of('dropout', dropoutParameters, (bound) => dropout(new Dropout(), bound, world)),
    of('dropout2d', dropoutParameters, (bound) => dropout(new Dropout2d(), bound, world)),
    loss('cross_entropy', 'CrossEntropyLoss'),
    loss('mse_loss', 'MSELoss'),
    loss('binary_cross_entropy_with_logits', 'BCEWithLogitsLoss'),
    ['gelu', new Callable(unsupported('F.gelu'), new PyGlobal('torch._C._nn', 'gelu'))],
  ];
}

type Bound = (parameter: string) => PyValue;

const input: ParameterSpec = { name: 'input' };
const inplace: ParameterSpec = { name: 'inplace', default: false };
const softmaxParameters: readonly ParameterSpec[] = [
  input,
  { name: 'dim', default: null },
  { name: '_stacklevel', default: 3 },
  { name: 'dtype', default: null },
];
const dropoutParameters: readonly ParameterSpec[] = [
  input,
  { name: 'p', default: new PyFloat(0.5) },
  { name: 'training', default: true },
  inplace,
];

function named(module: string, name: string, run: (call: CallArguments) => Value): Named {
  return [name, new Callable((call) => run(asPyCall(call)), new PyGlobal(module, name))];
}

/** The one tensor that a function with several signatures is given. */
function only(fn: string, { args, kwargs }: CallArguments): Tensor {
  const [x] = args;
  if (args.length !== 1 || kwargs.size > 0) throw new NotExpressible(`the signatures of ${fn}`);
  if (!(x instanceof Tensor)) throw argumentError(fn, 'input', 1, 'Tensor', x);
  return x;
}

function softmax(
  layer: Module,
  { x, dim, dtype }: { readonly x: PyValue; readonly dim: PyValue; readonly dtype: PyValue },
  world: World,
): PyValue {
  if (dtype !== null) throw new NotExpressible('softmax in another dtype');
  layer.attributes.set('dim', dim);
  return forward(layer, { args: [x], kwargs: new Map() }, world);
}

function dropout(layer: Module, bound: Bound, world: World): PyValue {
  layer.attributes.set('p', bound('p')).set('inplace', bound('inplace'));
  return forward(layer.train(bound('training')), { args: [bound('input')], kwargs: new Map() }, world);
}

/** `F.loss(input, target, **options)` is the loss with these options, called. */
function lossOf(kind: string, { args, kwargs }: CallArguments, world: World): PyValue {
  const cls = lossClasses.get(kind);
  if (!cls || args.length > 2) throw new NotExpressible('options by position');
  const inputs = ['input', 'target'];
  const given = [...kwargs].filter(([name]) => inputs.includes(name));
  const options = new Map([...kwargs].filter(([name]) => !inputs.includes(name)));
  const criterion = createLoss(cls, { args: [], kwargs: options }, world.generator, world.eager.warn);
  return forward(criterion, { args, kwargs: new Map(given) }, world);
}

function unsupported(what: string): () => never {
  return () => {
    throw new NotExpressible(what);
  };
}
