/** Runs a parsed case against the product: names, calls and attributes reach src/torch and nothing else. */
import { Module } from '../../../src/torch/nn/module';
import { UserModule } from '../../../src/torch/program/user-module';
import { PyDict, PyFloat, PySize, PyTuple, type PyValue, toNumber } from '../../../src/torch/python/values';
import { Parameter, Tensor } from '../../../src/torch/tensor';
import { formatted } from './format';
import { forward } from './forward';
import { attributeOf } from './members';
import { parse } from './parse';
import { type Argument, type Expression, type Loop, NotExpressible, type Statement } from './syntax';
import { scaled } from './tensors';
import { rootScope } from './torch-names';
import { asPy, type Call, Callable, ClassDefinition, itemsOf, Namespace, Unit, type Value } from './values';
import type { World } from './world';

type Scope = Map<string, Value>;

/**
 * The value of a case: `out` where the source assigns it, else that of its last line when this is an expression.
 * Throws what the product raises, and NotExpressible where it has no words for the source.
 */
export async function run(source: string, world: World): Promise<Value> {
  const statements = parse(source);
  const scope = rootScope(world);
  let last: Value = null;
  for (const statement of statements) last = await execute(statement, scope, world);
  return scope.has('out') ? (scope.get('out') as Value) : last;
}

/** Of an expression its value, of anything else None. */
async function execute(statement: Statement, scope: Scope, world: World): Promise<Value> {
  switch (statement.kind) {
    case 'expression':
      return evaluate(statement.value, scope, world);
    case 'assign':
      await assign(statement.target, await evaluate(statement.value, scope, world), scope, world);
      return null;
    case 'with': {
      const context = await evaluate(statement.context, scope, world);
      if (!(context instanceof Unit)) throw new NotExpressible('this context manager');
      const before = world.gradEnabled;
      world.gradEnabled = false;
      for (const inner of statement.body) await execute(inner, scope, world);
      world.gradEnabled = before;
      return null;
    }
    case 'class':
      scope.set(statement.name, definition(statement, scope, world));
      return null;
    case 'def':
      throw new NotExpressible('def outside of a class');
    case 'import':
      if (!scope.has(statement.as)) throw new NotExpressible(`import ${statement.module}`);
      return null;
    case 'pass':
      return null;
  }
}

async function assign(target: Expression, value: Value, scope: Scope, world: World): Promise<void> {
  if (target.kind === 'name') {
    scope.set(target.name, value);
    return;
  }
  if (target.kind !== 'attribute') throw new NotExpressible('assigning to this');
  const owner = await evaluate(target.of, scope, world);
  if (!(owner instanceof Module)) throw new NotExpressible(`assigning ${target.name}`);
  if (value instanceof Module) owner.modules.set(target.name, value);
  else if (value instanceof Parameter) owner.parameters.set(target.name, value);
  else if (owner.parameters.has(target.name) || owner.modules.has(target.name))
    throw new NotExpressible(`assigning ${target.name}`);
  else owner.attributes.set(target.name, asPy(value));
}

/** A subclass of nn.Module: `__init__` runs statement by statement on an instance of the product's own. */
function definition(
  { name, bases, body }: Extract<Statement, { kind: 'class' }>,
  scope: Scope,
  world: World,
): ClassDefinition {
  if (bases.length !== 1) throw new NotExpressible('a class that is no nn.Module');
  const others = body.filter(({ kind }) => kind !== 'def' && kind !== 'pass');
  const init = body.find((statement) => statement.kind === 'def' && statement.name === '__init__');
  const methods = body.filter(({ kind }) => kind === 'def').length;
  if (others.length > 0 || methods !== (init ? 1 : 0)) throw new NotExpressible('methods besides __init__');
  return new ClassDefinition(name, async ({ args }) => {
    const self = new UserModule({ className: name, layers: [], forward: [] });
    if (init?.kind !== 'def') return self;
    const [own, ...parameters] = init.parameters;
    if (args.length !== parameters.length) throw new NotExpressible('calls that do not fit __init__');
    const local: Scope = new Map(scope);
    local.set(own, self);
    for (const [i, parameter] of parameters.entries()) local.set(parameter, args[i]);
    const [first, ...rest] = init.body;
    if (!isSuperInit(first)) throw new NotExpressible('__init__ without super().__init__()');
    for (const statement of rest) await execute(statement, local, world);
    return self;
  });
}

function isSuperInit(statement: Statement | undefined): boolean {
  if (statement?.kind !== 'expression' || statement.value.kind !== 'call') return false;
  const { of } = statement.value;
  return (
    of.kind === 'attribute' &&
    of.name === '__init__' &&
    of.of.kind === 'call' &&
    of.of.of.kind === 'name' &&
    of.of.of.name === 'super'
  );
}

async function evaluate(expression: Expression, scope: Scope, world: World): Promise<Value> {
  const go = (inner: Expression): Promise<Value> => evaluate(inner, scope, world);
  const all = async (items: readonly Expression[]): Promise<Value[]> => {
    const values: Value[] = [];
    for (const item of items) values.push(await go(item));
    return values;
  };
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name': {
      const value = scope.get(expression.name);
      if (value === undefined) throw new NotExpressible(`the name ${expression.name}`);
      return value;
    }
    case 'tuple':
      return new PyTuple((await all(expression.items)).map(asPy));
    case 'list':
      return all(expression.items);
    case 'dict': {
      const dict = new PyDict();
      for (const [key, value] of expression.items) dict.set(asPy(await go(key)), asPy(await go(value)));
      return dict;
    }
    case 'each':
      return comprehension(expression.form, expression.loop, scope, world);
    case 'attribute':
      return attribute(await go(expression.of), expression.name);
    case 'item':
      return item(await go(expression.of), await go(expression.index));
    case 'call':
      return call(await go(expression.of), await callOf(expression.args, go), world);
    case 'minus': {
      const value = asPy(await go(expression.of));
      return value instanceof PyFloat ? new PyFloat(-value.value) : -toNumber(value);
    }
    case 'format': {
      const texts: string[] = [];
      for (const part of expression.parts)
        texts.push(typeof part === 'string' ? part : formatted(await go(part.value), part.spec, world));
      return texts.join('');
    }
    case 'binary':
      return binary(expression.operator, await go(expression.left), await go(expression.right));
  }
}

async function comprehension(
  form: 'list' | 'dict',
  { key, value, targets, over }: Loop,
  scope: Scope,
  world: World,
): Promise<Value> {
  const list: Value[] = [];
  const dict = new PyDict();
  for (const entry of itemsOf(await evaluate(over, scope, world))) {
    const local: Scope = new Map(scope);
    const parts = targets.length === 1 ? [entry] : itemsOf(entry);
    for (const [i, target] of targets.entries()) local.set(target, parts[i]);
    const made = await evaluate(value, local, world);
    if (key) dict.set(asPy(await evaluate(key, local, world)), asPy(made));
    else list.push(made);
  }
  return form === 'dict' ? dict : list;
}

function attribute(of: Value, name: string): Value {
  if (!(of instanceof Namespace)) return attributeOf(of, name);
  const value = of.members.get(name);
  if (value === undefined) throw new NotExpressible(`${of.name}.${name}`);
  return value;
}

function item(of: Value, index: Value): Value {
  if (of instanceof PyDict) {
    const value = of.get(asPy(index));
    if (value !== undefined) return value;
  }
  const position = typeof index === 'number' ? index : -1;
  const items = of instanceof Module ? [...of.modules.values()] : Array.isArray(of) ? of : [];
  if (position < 0 || position >= items.length) throw new NotExpressible('this subscript');
  return items[position];
}

async function callOf(args: readonly Argument[], go: (value: Expression) => Promise<Value>): Promise<Call> {
  const positional: Value[] = [];
  const kwargs = new Map<string, Value>();
  for (const { name, value } of args) {
    if (name === undefined) positional.push(await go(value));
    else kwargs.set(name, await go(value));
  }
  return { args: positional, kwargs };
}

async function call(of: Value, given: Call, world: World): Promise<Value> {
  if (of instanceof Callable) return of.call(given);
  if (of instanceof ClassDefinition) return of.build(given);
  if (of instanceof Module) return forward(of, given.args.map(asPy), world);
  throw new NotExpressible('calling this value');
}

/** Numbers, list repetition, and scaling of a literal tensor; the product has no arithmetic of a learner's tensors. */
function binary(operator: string, left: Value, right: Value): Value {
  if (operator === 'is') return left === right;
  if (operator === '*' && Array.isArray(left) && typeof right === 'number')
    return new Array<Value[]>(right).fill(left).flat();
  if (operator === '*' && left instanceof Tensor && !left.requiresGrad) return scaled(left, asPy(right));
  const [a, b] = [left, right].map(asPy);
  if (a instanceof Tensor || b instanceof Tensor || a instanceof PySize)
    throw new NotExpressible(`${operator} of tensors`);
  return arithmetic(operator, a, b);
}

function arithmetic(operator: string, a: PyValue, b: PyValue): Value {
  const [x, y] = [toNumber(a), toNumber(b)];
  const results: Readonly<Record<string, number>> = {
    '+': x + y,
    '-': x - y,
    '*': x * y,
    '/': x / y,
    '**': x ** y,
  };
  const result = results[operator];
  if (result === undefined) throw new NotExpressible(`the operator ${operator}`);
  const whole =
    !(a instanceof PyFloat) && !(b instanceof PyFloat) && operator !== '/' && Number.isInteger(result);
  return whole ? result : new PyFloat(result);
}
