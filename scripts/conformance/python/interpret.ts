/** Runs a parsed case against the product: names, calls and attributes reach src/torch and nothing else. */
import { setGrad, setRequiresGrad } from '../../../src/torch/autograd/leaf';
import { setAttribute } from '../../../src/torch/nn/attributes';
import { Sequential } from '../../../src/torch/nn/container';
import { Module } from '../../../src/torch/nn/module';
import { PyDict, PyTuple } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { classDefinition, ownMethod, runsOwnForward } from './classes';
import { formatted } from './format';
import { forward } from './forward';
import { attributeOf } from './members';
import { augmented, binary, item, negative } from './operators';
import { parse } from './parse';
import { type Argument, type Expression, type Loop, NotExpressible, type Statement } from './syntax';
import { rootScope } from './torch-names';
import {
  asPy,
  asPyCall,
  type Call,
  Callable,
  ClassDefinition,
  Context,
  itemsOf,
  Namespace,
  type Value,
} from './values';
import type { World } from './world';

type Scope = Map<string, Value>;

/** The end of a method's body. */
class Returned {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/**
 * The value of a case: `out` where the source assigns it, else that of its last line when this is an expression.
 * Throws what the product raises, and NotExpressible where it has no words for the source.
 */
export async function run(source: string, world: World): Promise<Value> {
  return (await runAll(parse(source), world)).value;
}

/** The value of a case that keeps nothing but `out`, or what a single expression comes to. */
export async function runKeepingOut(source: string, world: World): Promise<Value> {
  const statements = parse(source);
  const { value, out } = await runAll(statements, world);
  return statements.length === 1 && statements[0].kind === 'expression' ? value : (out ?? null);
}

async function runAll(
  statements: readonly Statement[],
  world: World,
): Promise<{ value: Value; out: Value | undefined }> {
  const scope = rootScope(world);
  let last: Value = null;
  for (const statement of statements) {
    const result = await execute(statement, scope, world);
    last = result instanceof Returned ? null : result;
  }
  const out = scope.get('out');
  return { value: out === undefined ? last : out, out };
}

/** Of an expression its value, of anything else None; Returned where a method ends. */
async function execute(statement: Statement, scope: Scope, world: World): Promise<Value | Returned> {
  switch (statement.kind) {
    case 'expression':
      return evaluate(statement.value, scope, world);
    case 'return':
      return new Returned(await evaluate(statement.value, scope, world));
    case 'assign':
      await assign(statement.target, await evaluate(statement.value, scope, world), scope, world);
      return null;
    case 'augment': {
      const { target, operator } = statement;
      const before = await evaluate(target, scope, world);
      const value = await evaluate(statement.value, scope, world);
      await assign(target, augmented(operator, before, value, world), scope, world);
      return null;
    }
    case 'with':
      return within(statement, scope, world);
    case 'class':
      scope.set(
        statement.name,
        classDefinition(statement, (body, names) => runBody(body, new Map([...scope, ...names]), world)),
      );
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

async function within(
  { context, body }: Extract<Statement, { kind: 'with' }>,
  scope: Scope,
  world: World,
): Promise<Value | Returned> {
  const manager = await evaluate(context, scope, world);
  if (!(manager instanceof Context)) throw new NotExpressible('this context manager');
  const leave = manager.enter();
  try {
    for (const inner of body) {
      const result = await execute(inner, scope, world);
      if (result instanceof Returned) return result;
    }
    return null;
  } finally {
    leave();
  }
}

async function runBody(body: readonly Statement[], scope: Scope, world: World): Promise<Value> {
  for (const statement of body) {
    const result = await execute(statement, scope, world);
    if (result instanceof Returned) return result.value;
  }
  return null;
}

async function assign(target: Expression, value: Value, scope: Scope, world: World): Promise<void> {
  if (target.kind === 'name') scope.set(target.name, value);
  else if (target.kind === 'attribute')
    assignAttribute(await evaluate(target.of, scope, world), target.name, value, world);
  else if (target.kind === 'item') {
    const owner = await evaluate(target.of, scope, world);
    const index = await evaluate(target.index, scope, world);
    if (!(owner instanceof Sequential)) throw new NotExpressible('assigning to this item');
    setAttribute(owner, String(index), asPy(value));
  } else throw new NotExpressible('assigning to this');
}

function assignAttribute(owner: Value, name: string, value: Value, { eager }: World): void {
  if (owner instanceof Module) setAttribute(owner, name, asPy(value));
  else if (owner instanceof Tensor && name === 'grad') setGrad(owner, asPy(value));
  else if (owner instanceof Tensor && name === 'requires_grad')
    setRequiresGrad(owner, asPy(value), eager.gradMode);
  else throw new NotExpressible(`assigning ${name}`);
}

async function evaluate(expression: Expression, scope: Scope, world: World): Promise<Value> {
  const go = (inner: Expression): Promise<Value> => evaluate(inner, scope, world);
  const all = async (items: readonly Expression[]): Promise<Value[]> => {
    const values: Value[] = [];
    for (const one of items) values.push(await go(one));
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
      return attribute(await go(expression.of), expression.name, world);
    case 'item':
      return item(await go(expression.of), await go(expression.index));
    case 'call':
      return call(await go(expression.of), await callOf(expression.args, go), world);
    case 'minus':
      return negative(await go(expression.of), world);
    case 'format': {
      const texts: string[] = [];
      for (const part of expression.parts)
        texts.push(typeof part === 'string' ? part : formatted(await go(part.value), part.spec, world));
      return texts.join('');
    }
    case 'binary':
      return binary(expression.operator, await go(expression.left), await go(expression.right), world);
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

function attribute(of: Value, name: string, world: World): Value {
  if (of instanceof Module) {
    const own = ownMethod(of, name);
    if (own) return own;
  }
  if (!(of instanceof Namespace)) return attributeOf(of, name, world);
  const value = of.members.get(name);
  if (value === undefined) throw new NotExpressible(`${of.name}.${name}`);
  return value;
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
  if (of instanceof Module) return callModule(of, given, world);
  throw new NotExpressible('calling this value');
}

async function callModule(module: Module, given: Call, world: World): Promise<Value> {
  if (!runsOwnForward(module)) return forward(module, asPyCall(given), world);
  const own = ownMethod(module, 'forward');
  if (own) return own.call(given);
  let [value] = given.args;
  for (const child of module.modules.values())
    value = await callModule(child, { args: [value], kwargs: new Map() }, world);
  return value;
}
