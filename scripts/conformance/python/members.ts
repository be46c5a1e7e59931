/** Attributes and methods of the product's objects under their Python names. */
import { loadStateDict } from '../../../src/torch/nn/load-state-dict';
import { Module } from '../../../src/torch/nn/module';
import { Optimizer } from '../../../src/torch/optim/optimizer';
import { PyDevice, PyDict, PyDType, PyTuple, type PyValue } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { hasGraph } from './forward';
import { NotExpressible } from './syntax';
import { cast, listOf, sizeOf } from './tensors';
import { asPy, type Call, Callable, DictView, Generated, TypeOf, type Value } from './values';

export function attributeOf(of: Value, name: string): Value {
  const found =
    of instanceof Tensor
      ? tensorMember(of, name)
      : of instanceof Module
        ? moduleMember(of, name)
        : of instanceof Optimizer
          ? optimizerMember(of, name)
          : of instanceof PyDict
            ? dictMember(of, name)
            : of instanceof TypeOf && name === '__name__'
              ? of.name.slice(of.name.lastIndexOf('.') + 1)
              : undefined;
  if (found === undefined) throw new NotExpressible(`.${name}`);
  return found;
}

function method(run: (call: Call) => Value | Promise<Value>): Callable {
  return new Callable(run);
}

function tensorMember(tensor: Tensor, name: string): Value | undefined {
  switch (name) {
    case 'shape':
      return sizeOf(tensor);
    case 'dtype':
      return new PyDType(tensor.dtype);
    case 'device':
      return new PyDevice(tensor.storage.location);
    case 'requires_grad':
      return tensor.requiresGrad || hasGraph(tensor);
    case 'size':
      return method(() => sizeOf(tensor));
    case 'numel':
      return method(() => tensor.numel);
    case 'item':
    case 'tolist':
      if (name === 'item' && tensor.numel !== 1) throw new NotExpressible('item of many');
      return method(() => listOf(tensor));
    case 'double':
      return method(() => cast(tensor, 'float64'));
    case 'half':
      return method(() => cast(tensor, 'float16'));
    case 'grad':
      // The product keeps gradients beside the step that made them: before one there is none.
      return hasGraph(tensor) ? undefined : null;
    default:
      return undefined;
  }
}

function moduleMember(module: Module, name: string): Value | undefined {
  const methods: Readonly<Record<string, (call: Call) => Value>> = {
    eval: () => module.eval(),
    train: ({ args: [mode = true] }) => {
      if (typeof mode !== 'boolean') throw new NotExpressible('a mode that is no bool');
      return module.train(mode);
    },
    state_dict: () => module.stateDict(),
    load_state_dict: ({ args: [dict], kwargs }) =>
      loadStateDict(module, asPy(dict), { strict: kwargs.get('strict') !== false }),
    parameters: () =>
      generated(
        'parameters',
        [...module.namedParameters()].map(([, parameter]) => parameter),
      ),
    named_parameters: () => generated('named_parameters', pairs(module.namedParameters())),
    named_buffers: () => generated('named_buffers', pairs(module.namedBuffers())),
    named_modules: () => generated('named_modules', pairs(module.namedModules())),
    children: () => generated('children', [...module.modules.values()]),
  };
  if (Object.hasOwn(methods, name)) return method(methods[name]);
  if (name === 'training') return module.training;
  const own = module.parameters.get(name) ?? module.buffers.get(name) ?? module.modules.get(name);
  return own ?? module.attribute(name);
}

function optimizerMember(optimizer: Optimizer, name: string): Value | undefined {
  return name === 'state_dict' ? method(() => optimizer.stateDict()) : undefined;
}

function dictMember(dict: PyDict, name: string): Value | undefined {
  if (name === '_metadata') return dict.attributes?.get('_metadata');
  const kind = dict.className === 'OrderedDict' ? 'odict' : 'dict';
  const views: Readonly<Record<string, () => readonly PyValue[]>> = {
    keys: () => [...dict.keys()],
    values: () => [...dict.values()],
    items: () => [...dict].map((pair) => new PyTuple(pair)),
  };
  return Object.hasOwn(views, name)
    ? method(() => new DictView(`${kind}_${name}`, views[name]()))
    : undefined;
}

function pairs(entries: Iterable<readonly [string, PyValue]>): PyTuple[] {
  return [...entries].map((pair) => new PyTuple(pair));
}

function generated(method: string, items: readonly Value[]): Generated {
  return new Generated(`Module.${method}`, items);
}
