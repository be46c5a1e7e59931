/** `class Net(nn.Module)` of a case: its methods run statement by statement on an instance of the product's own. */
import { Sequential } from '../../../src/torch/nn/container';
import type { Module } from '../../../src/torch/nn/module';
import { bind } from '../../../src/torch/nn/signature';
import { UserModule } from '../../../src/torch/program/user-module';
import type { PyValue } from '../../../src/torch/python/values';
import { NotExpressible, type Statement } from './syntax';
import { asPyCall, type Call, Callable, ClassDefinition, Namespace, type Value } from './values';

type Method = Extract<Statement, { kind: 'def' }>;

/** Runs a body with these names; gives what it returns. */
export type RunBody = (body: readonly Statement[], names: ReadonlyMap<string, Value>) => Promise<Value>;

interface OwnClass {
  readonly methods: ReadonlyMap<string, Method>;
  readonly run: RunBody;
}

/** The class of each instance that a case made. */
const classes = new WeakMap<Module, OwnClass>();

export function classDefinition(
  statement: Extract<Statement, { kind: 'class' }>,
  run: RunBody,
): ClassDefinition {
  const { name, bases, body } = statement;
  if (bases.length !== 1) throw new NotExpressible('a class that is no nn.Module');
  const methods = new Map<string, Method>();
  for (const inner of body) {
    if (inner.kind === 'def') methods.set(inner.name, inner);
    else if (inner.kind !== 'pass') throw new NotExpressible('a class attribute');
  }
  return new ClassDefinition(name, async (call) => {
    const self = new UserModule({ className: name, layers: [] });
    classes.set(self, { methods, run });
    const init = methods.get('__init__');
    self.initialized = init === undefined;
    if (init) await invoke(self, init, call, run);
    return self;
  });
}

/** `module.name(...)` where the case itself defines the method. */
export function ownMethod(module: Module, name: string): Callable | null {
  const own = classes.get(module);
  const method = own?.methods.get(name);
  return own && method ? new Callable((call) => invoke(module, method, call, own.run)) : null;
}

/** Whether a call of this module reaches a `forward` that the case defines. */
export function runsOwnForward(module: Module): boolean {
  if (module instanceof Sequential) return [...module.modules.values()].some(runsOwnForward);
  return ownMethod(module, 'forward') !== null;
}

async function invoke(self: Module, method: Method, call: Call, run: RunBody): Promise<Value> {
  const [own, ...parameters] = method.parameters;
  const given = asPyCall(call);
  const bound = bind(
    self.className,
    parameters.map((name) => ({ name })),
    given,
    method.name,
  );
  const names = new Map<string, Value>([...bound].map(([name, value]): [string, PyValue] => [name, value]));
  return run(method.body, names.set(own ?? 'self', self).set('super', new Callable(() => superOf(self))));
}

/** `super()`, of which only `__init__` is called. */
function superOf(self: Module): Namespace {
  const init = new Callable(() => {
    self.initialized = true;
    return null;
  });
  return new Namespace('super()', [['__init__', init]]);
}
