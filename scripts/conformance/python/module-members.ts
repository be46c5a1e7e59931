/** Attributes and methods of a module under their Python names. */
import type { DType } from '../../../src/torch/dtype';
import { getAttribute, getBuffer, getParameter, getSubmodule } from '../../../src/torch/nn/attributes';
import { loadStateDict } from '../../../src/torch/nn/load-state-dict';
import { bindMethod, type ModuleMethod, moduleMethods } from '../../../src/torch/nn/methods';
import type { Module } from '../../../src/torch/nn/module';
import { addModule, registerBuffer, registerParameter } from '../../../src/torch/nn/registration';
import { bind, type CallArguments } from '../../../src/torch/nn/signature';
import { moduleAs, moduleOn, moduleTo, moved } from '../../../src/torch/nn/to';
import { checkBoolArgument } from '../../../src/torch/python/arguments';
import { PyDevice, PyTuple, type PyValue } from '../../../src/torch/python/values';
import { destinationOf } from '../../../src/torch/to';
import { forward } from './forward';
import { NotExpressible } from './syntax';
import { asPyCall, Callable, Generated, type Value } from './values';
import type { World } from './world';

/** Of the arguments in the order of the method's parameters. */
type Method = (module: Module, ...args: readonly PyValue[]) => Value;

const methods: Readonly<Record<Exclude<ModuleMethod, 'load_state_dict'>, Method>> = {
  add_module: quiet(addModule),
  bfloat16: as('bfloat16'),
  children: (module) => {
    module.requireInit('_modules');
    return generated('children', [...module.modules.values()]);
  },
  cpu: (module) => moduleOn(module, new PyDevice('cpu')),
  cuda: on('cuda'),
  double: as('float64'),
  eval: (module) => module.eval(),
  float: as('float32'),
  get_buffer: getBuffer,
  get_parameter: getParameter,
  get_submodule: getSubmodule,
  half: as('float16'),
  ipu: on('ipu'),
  mtia: on('mtia'),
  named_buffers: (module, ...options) => named('named_buffers', module.namedBuffers(), options),
  named_modules: (module, memo, prefix, unrepeated) =>
    named('named_modules', module.namedModules(), [prefix, memo === null, unrepeated]),
  named_parameters: (module, ...options) => named('named_parameters', module.namedParameters(), options),
  parameters: (module, recurse) => {
    only(recurse, true);
    return generated(
      'parameters',
      [...module.namedParameters()].map(([, parameter]) => parameter),
    );
  },
  register_buffer: quiet((module, name, tensor, persistent) => {
    only(persistent, true);
    registerBuffer(module, name, tensor);
  }),
  register_module: quiet(addModule),
  register_parameter: quiet(registerParameter),
  requires_grad_: (module, value) => {
    for (const [, parameter] of module.namedParameters()) {
      checkBoolArgument('requires_grad_', 'requires_grad', 1, value);
      parameter.requiresGrad = Boolean(value);
    }
    return module;
  },
  train: (module, mode) => module.train(mode),
  xpu: on('xpu'),
  zero_grad: quiet((module, toNone) => {
    only(toNone, true);
    for (const [, parameter] of module.namedParameters()) parameter.grad = null;
  }),
};

export function moduleMember(module: Module, name: string, world: World): Value | undefined {
  switch (name) {
    case 'forward':
      return method((call) => forward(module, call, world));
    case 'to':
      return method(({ args, kwargs }) => moduleTo(module, destinationOf(args, kwargs)));
    case 'state_dict':
      return method(({ args, kwargs }) => {
        if (args.length > 0 || kwargs.size > 0) throw new NotExpressible('arguments of state_dict');
        return module.stateDict();
      });
    case 'append':
      if (isList(module)) return method((call) => appended(module, call));
  }
  if (!Object.hasOwn(moduleMethods, name)) return getAttribute(module, name);
  const known = name as ModuleMethod;
  return method((call) => {
    const values = [...bindMethod(known, call).values()];
    return known === 'load_state_dict' ? loaded(module, values, world) : methods[known](module, ...values);
  });
}

function method(run: (call: CallArguments) => Value): Callable {
  return new Callable((call) => run(asPyCall(call)));
}

/** A method that gives None. */
function quiet<Args extends readonly PyValue[]>(
  run: (module: Module, ...args: Args) => void,
): (module: Module, ...args: Args) => null {
  return (module, ...args) => {
    run(module, ...args);
    return null;
  };
}

function loaded(
  module: Module,
  [dict, strict, assign]: readonly PyValue[],
  { eager: { warn } }: World,
): Value {
  return loadStateDict(module, dict, { strict: isTrue(strict), assign: isTrue(assign), warn });
}

function on(device: string): Method {
  return (module, index) => moduleOn(module, moved(device, index));
}

function as(dtype: DType): Method {
  return (module) => moduleAs(module, dtype);
}

function isList({ className }: Module): boolean {
  return className === 'Sequential' || className === 'ModuleList';
}

/** `container.append(child)` */
function appended(module: Module, call: CallArguments): Module {
  const child = bind(module.className, [{ name: 'module' }], call, 'append').get('module') ?? null;
  addModule(module, String(module.modules.size), child);
  return module;
}

function named(
  name: string,
  entries: Iterable<readonly [string, PyValue]>,
  [prefix, ...others]: readonly PyValue[],
): Generated {
  only(prefix, '');
  for (const other of others) only(other, true);
  return generated(
    name,
    [...entries].map((pair) => new PyTuple(pair)),
  );
}

function generated(name: string, items: readonly Value[]): Generated {
  return new Generated(`Module.${name}`, items);
}

/** Leaves out what an option changes, where it is given. */
function only(given: PyValue, usual: PyValue): void {
  if (given !== usual) throw new NotExpressible(`an option other than ${usual}`);
}

function isTrue(option: PyValue): boolean {
  if (typeof option !== 'boolean') throw new NotExpressible('an option that is no bool');
  return option;
}
