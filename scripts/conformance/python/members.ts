/** Attributes and methods of the product's objects under their Python names. */
import { eager } from '../../../src/engine';
import { Node } from '../../../src/torch/autograd/node';
import type { DType } from '../../../src/torch/dtype';
import { getAttribute, getBuffer, getParameter, getSubmodule } from '../../../src/torch/nn/attributes';
import { loadStateDict } from '../../../src/torch/nn/load-state-dict';
import { Module, missingForward } from '../../../src/torch/nn/module';
import { addModule, registerBuffer, registerParameter } from '../../../src/torch/nn/registration';
import { moduleAs, moduleOn, moduleTo, moved } from '../../../src/torch/nn/to';
import { loadOptimizerState } from '../../../src/torch/optim/load-state-dict';
import { missingAttribute, Optimizer } from '../../../src/torch/optim/optimizer';
import { paramGroup } from '../../../src/torch/optim/params';
import { noAttribute } from '../../../src/torch/python/arguments';
import { PyDevice, PyDict, PyFloat, PyTuple, type PyValue } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { destinationOf } from '../../../src/torch/to';
import { forward } from './forward';
import { NotExpressible } from './syntax';
import { tensorMember } from './tensor-members';
import { asPy, asPyCall, type Call, Callable, DictView, Generated, TypeOf, type Value } from './values';
import type { World } from './world';

export function attributeOf(of: Value, name: string, world: World): Value {
  const found = memberOf(of, name, world);
  if (found === undefined) throw new NotExpressible(`.${name}`);
  return found;
}

function memberOf(of: Value, name: string, world: World): Value | undefined {
  if (of instanceof Tensor) return tensorMember(of, name, world);
  if (of instanceof Module) return moduleMember(of, name, world);
  if (of instanceof Optimizer) return optimizerMember(of, name, world);
  if (of instanceof PyDict && dictMethods.has(name)) return dictMember(of, name);
  if (of instanceof PyDevice) return name === 'type' ? of.type : name === 'index' ? of.index : undefined;
  if (of instanceof Node && name === 'name') return method(() => of.name);
  if (of instanceof TypeOf && name === '__name__') return of.name.slice(of.name.lastIndexOf('.') + 1);
  if (isBuiltin(of) && !pythonMethods.has(name)) throw noAttribute(asPy(of), name);
  return undefined;
}

function isBuiltin(value: Value): boolean {
  return (
    value === null ||
    ['number', 'boolean', 'string'].includes(typeof value) ||
    [PyFloat, PyTuple, PyDict].some((cls) => value instanceof cls) ||
    Array.isArray(value)
  );
}

/** What Python's own types have: beyond these, an attribute is an error. */
const pythonMethods = new Set(
  (
    'append extend insert pop remove clear index count sort reverse copy keys values items get update setdefault popitem ' +
    'real imag numerator denominator conjugate bit_length is_integer hex fromhex as_integer_ratio join split strip format ' +
    'upper lower replace startswith endswith encode find title'
  ).split(' '),
);
const dictMethods = new Set(['_metadata', 'keys', 'values', 'items']);

function method(run: (call: Call) => Value | Promise<Value>): Callable {
  return new Callable(run);
}

const casts: Readonly<Record<string, DType>> = {
  double: 'float64',
  float: 'float32',
  half: 'float16',
  bfloat16: 'bfloat16',
};

function moduleMember(module: Module, name: string, world: World): Value | undefined {
  const methods: Readonly<Record<string, (call: Call) => Value>> = {
    eval: () => module.eval(),
    train: ({ args, kwargs }) =>
      module.train(asPy(args[0] ?? kwargs.get('mode') ?? (args.length ? null : true))),
    forward: (call) => forward(module, asPyCall(call), world),
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
    get_submodule: ({ args: [target] }) => getSubmodule(module, String(target)),
    get_parameter: ({ args: [target] }) => getParameter(module, String(target)),
    get_buffer: ({ args: [target] }) => getBuffer(module, String(target)),
    add_module: quiet(({ args: [child, value] }) => addModule(module, asPy(child), asPy(value))),
    register_module: quiet(({ args: [child, value] }) => addModule(module, asPy(child), asPy(value))),
    register_buffer: quiet(({ args: [buffer, value] }) => registerBuffer(module, asPy(buffer), asPy(value))),
    register_parameter: quiet(({ args: [parameter, value] }) =>
      registerParameter(module, asPy(parameter), asPy(value)),
    ),
    append: ({ args: [child] }) => appended(module, asPy(child)),
    requires_grad_: ({ args: [value = true] }) => {
      for (const [, parameter] of module.namedParameters()) parameter.requiresGrad = value === true;
      return module;
    },
    zero_grad: quiet(() => {
      for (const [, parameter] of module.namedParameters()) parameter.grad = null;
    }),
    to: (call) => moduleTo(module, destination(call)),
    cpu: () => moduleOn(module, new PyDevice('cpu')),
    cuda: ({ args: [device = null] }) => moduleOn(module, moved('cuda', asPy(device))),
    xpu: ({ args: [device = null] }) => moduleOn(module, moved('xpu', asPy(device))),
    ipu: ({ args: [device = null] }) => moduleOn(module, moved('ipu', asPy(device))),
    mtia: ({ args: [device = null] }) => moduleOn(module, moved('mtia', asPy(device))),
  };
  if (Object.hasOwn(methods, name)) return method(methods[name]);
  if (Object.hasOwn(casts, name)) return method(() => moduleAs(module, casts[name]));
  return getAttribute(module, name);
}

function destination(call: Call) {
  const { args, kwargs } = asPyCall(call);
  return destinationOf(args, kwargs);
}

/** A method that gives None. */
function quiet(run: (call: Call) => void): (call: Call) => null {
  return (call) => {
    run(call);
    return null;
  };
}

/** `container.append(child)` */
function appended(module: Module, child: PyValue): Module {
  if (module.className !== 'Sequential' && module.className !== 'ModuleList') throw missingForward(module);
  addModule(module, String(module.modules.size), child);
  return module;
}

function optimizerMember(optimizer: Optimizer, name: string, world: World): Value | undefined {
  switch (name) {
    case 'state_dict':
      return method(() => optimizer.stateDict());
    case 'load_state_dict':
      return method(quiet(({ args: [dict] }) => loadOptimizerState(optimizer, asPy(dict))));
    case 'defaults':
      return new PyDict(optimizer.defaults);
    case 'param_groups':
      return optimizer.paramGroups.map(
        ({ params, options }) => new PyDict([['params', [...params]], ...options]),
      );
    case 'add_param_group':
      return method(quiet(({ args: [group] }) => optimizer.addParamGroup(paramGroup(asPy(group)))));
    case 'step':
      return method(
        quiet(({ args }) => {
          if (args.length > 0) throw new NotExpressible('a closure');
          eager.step(world.eager, optimizer);
        }),
      );
    case 'zero_grad':
      return method(
        quiet(() => {
          for (const parameter of optimizer.parameters) parameter.grad = null;
        }),
      );
    default:
      throw missingAttribute(optimizer, name);
  }
}

function dictMember(dict: PyDict, name: string): Value | undefined {
  if (name === '_metadata') return dict.attributes?.get('_metadata');
  const kind = dict.className === 'OrderedDict' ? 'odict' : 'dict';
  const views: Readonly<Record<string, () => readonly PyValue[]>> = {
    keys: () => [...dict.keys()],
    values: () => [...dict.values()],
    items: () => [...dict].map((pair) => new PyTuple(pair)),
  };
  return method(() => new DictView(`${kind}_${name}`, views[name]()));
}

function pairs(entries: Iterable<readonly [string, PyValue]>): PyTuple[] {
  return [...entries].map((pair) => new PyTuple(pair));
}

function generated(name: string, items: readonly Value[]): Generated {
  return new Generated(`Module.${name}`, items);
}
