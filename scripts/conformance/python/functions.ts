/** `torch.relu`, `F.softmax`, ...: functions of a case, by the product's own or by the layer that calls them. */
import { eager } from '../../../src/engine';
import { LogSoftmax, Softmax } from '../../../src/torch/nn/activation';
import { Dropout, Dropout2d } from '../../../src/torch/nn/dropout';
import { createLoss } from '../../../src/torch/nn/layer-class';
import type { Module } from '../../../src/torch/nn/module';
import { lossClasses } from '../../../src/torch/nn/registry';
import { argumentError } from '../../../src/torch/python/arguments';
import { PyFloat, PyGlobal, type PyValue, toNumber } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { forward } from './forward';
import { NotExpressible } from './syntax';
import { asPy, asPyCall, type Call, Callable, type Value } from './values';
import type { World } from './world';

type Named = [string, Callable];

const elementwise = ['relu', 'exp', 'log', 'sqrt', 'sigmoid', 'tanh', 'neg', 'clone'] as const;

/** Functions of `torch` itself. */
export function torchFunctions(world: World): Named[] {
  const { eager: mode } = world;
  const of = (name: string, run: (x: Tensor, call: Call) => Value): Named => [
    name,
    new Callable((call) => run(input(name, call), call), new PyGlobal('torch', name)),
  ];
  return [
    ...elementwise.map((name) => of(name, (x) => eager.unary(mode, name, x))),
    of('sum', (x) => eager.reduce(mode, 'sum', x)),
    of('mean', (x) => eager.reduce(mode, 'mean', x)),
    of('matmul', (x, { args }) => eager.matmul(mode, x, asPy(args[1]))),
    of('add', (x, { args }) => eager.arithmetic(mode, 'add', x, asPy(args[1]))),
    of('flatten', (x, { args: [, start = 0, end = -1] }) =>
      eager.flatten(mode, x, toNumber(asPy(start)), toNumber(asPy(end))),
    ),
    of('softmax', (x, call) => softmax(new Softmax(), x, call, world)),
    of('log_softmax', (x, call) => softmax(new LogSoftmax(), x, call, world)),
  ];
}

/** Functions of `torch.nn.functional`. */
export function functional(world: World): Named[] {
  const of = (name: string, run: (call: Call) => Value): Named => [
    name,
    new Callable(run, new PyGlobal('torch.nn.functional', name)),
  ];
  return [
    of('relu', (call) => eager.unary(world.eager, 'relu', input('relu', call))),
    of('softmax', (call) => softmax(new Softmax(), input('softmax', call), call, world)),
    of('log_softmax', (call) => softmax(new LogSoftmax(), input('log_softmax', call), call, world)),
    of('dropout', (call) => dropout(new Dropout(), call, world)),
    of('dropout2d', (call) => dropout(new Dropout2d(), call, world)),
    of('cross_entropy', (call) => loss('CrossEntropyLoss', call, world)),
    of('mse_loss', (call) => loss('MSELoss', call, world)),
    of('binary_cross_entropy_with_logits', (call) => loss('BCEWithLogitsLoss', call, world)),
    ['gelu', new Callable(unsupported('F.gelu'), new PyGlobal('torch._C._nn', 'gelu'))],
  ];
}

function input(fn: string, { args, kwargs }: Call): Tensor {
  const value = args[0] ?? kwargs.get('input');
  if (value === undefined) throw new NotExpressible(`${fn} without an input`);
  const plain = asPy(value);
  if (plain instanceof Tensor) return plain;
  throw argumentError(fn, 'input', 1, 'Tensor', plain);
}

function softmax(layer: Module, x: Tensor, { args, kwargs }: Call, world: World): PyValue {
  layer.attributes.set('dim', asPy(args[1] ?? kwargs.get('dim') ?? null));
  return forward(layer, { args: [x], kwargs: new Map() }, world);
}

function dropout(layer: Module, { args, kwargs }: Call, world: World): PyValue {
  const [x, p = kwargs.get('p') ?? new PyFloat(0.5), training = kwargs.get('training') ?? true] = args;
  layer.attributes.set('p', asPy(p)).set('inplace', asPy(kwargs.get('inplace') ?? false));
  return forward(layer.train(asPy(training)), { args: [asPy(x)], kwargs: new Map() }, world);
}

/** `F.loss(input, target, **options)` is the loss with these options, called. */
function loss(kind: string, call: Call, world: World): PyValue {
  const { args, kwargs } = asPyCall(call);
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
