/**
 * A `ClassSpec` written as JSON, the way fixtures made by real PyTorch describe a net:
 * `{class, layers: [[attribute, kind, args, kwargs]], forward, tie, buffers, attrs, base}`.
 * A list among arguments is a tuple literal; equal tuple literals of one class body are one object, as CPython compiles them.
 */
import { PyFloat, PyTuple, type PyValue, toNumber } from '../python/values';
import type { ClassSpec, ForwardStep, LayerSpec } from './class-spec';
import type { Json } from './literal-json';

type JsonObject = { readonly [key: string]: Json };

/** Classes of the same program, by name: what `class:Block` refers to. */
export type ClassScope = ReadonlyMap<string, ClassSpec>;

/** All classes of one list; a class may use any other of them. */
export function classSpecs(list: Json): Map<string, ClassSpec> {
  const scope = new Map<string, ClassSpec>();
  const waiting = asList(list).map(asObject);
  const nameOf = (spec: JsonObject): string => String(spec.class);
  const resolve = (spec: JsonObject): ClassSpec => {
    const known = scope.get(nameOf(spec));
    if (known) return known;
    for (const inner of kindsIn(spec.layers ?? [])) {
      const other = waiting.find((candidate) => `class:${nameOf(candidate)}` === inner && candidate !== spec);
      if (other) resolve(other);
    }
    const made = classSpec(spec, scope);
    scope.set(nameOf(spec), made);
    return made;
  };
  for (const spec of waiting) resolve(spec);
  return scope;
}

export function classSpec(json: Json, scope: ClassScope = new Map()): ClassSpec {
  const spec = asObject(json);
  const literal = literals();
  return {
    className: String(spec.class),
    layers: asList(spec.layers ?? []).map((layer) => {
      const [attribute, ...call] = asList(layer);
      return layerSpec(String(attribute), call, literal, scope);
    }),
    forward: asList(spec.forward ?? []).map((step): ForwardStep => {
      const name = String(step);
      return name === 'flatten' || name === 'F.relu' ? { apply: name } : { call: name };
    }),
    ties: asList(spec.tie ?? []).map((pair): [string, string] => {
      const [target, source] = asList(pair);
      return [String(target), String(source)];
    }),
    attributes: new Map(
      Object.entries(asObject(spec.attrs ?? {})).map(([name, value]) => [name, literal(value)]),
    ),
    buffers: asList(spec.buffers ?? []).map((pair): [string, number[]] => {
      const [name, values] = asList(pair);
      return [String(name), asList(values).map((value) => toNumber(value as PyValue))];
    }),
    isModule: spec.base !== '',
  };
}

/** `[kind, args, kwargs]`, a layer without a class around it. */
export function rootSpec(json: Json, scope: ClassScope = new Map()): LayerSpec {
  return layerSpec('', asList(json), literals(), scope);
}

function layerSpec(
  attribute: string,
  [kindJson, args, kwargs]: readonly Json[],
  literal: (json: Json) => PyValue,
  scope: ClassScope,
): LayerSpec {
  const kind = String(kindJson);
  const plain = { attribute, args: [], kwargs: new Map<string, PyValue>() };
  if (kind.startsWith('class:')) {
    const name = kind.slice('class:'.length);
    const of = scope.get(name);
    // A class this program lacks: the definition stands, and building it raises NameError.
    return of ? { ...plain, kind: name, of } : { ...plain, kind: name, of: null };
  }
  if (kind === 'Sequential' || kind === 'ModuleList') {
    const children = asList(args ?? []).map((child, i) =>
      layerSpec(String(i), asList(child), literal, scope),
    );
    return { ...plain, kind, children };
  }
  return {
    attribute,
    kind,
    args: asList(args ?? []).map(literal),
    kwargs: new Map(Object.entries(asObject(kwargs ?? {})).map(([name, value]) => [name, literal(value)])),
  };
}

/**
 * Literals of one function body: a list is a tuple literal, a list inside it a list literal.
 * Equal tuples of constants come back as the same object.
 */
function literals(): (json: Json) => PyValue {
  const tuples = new Map<string, PyTuple>();
  return (json) => {
    if (!Array.isArray(json)) return json as PyValue;
    const tuple = new PyTuple(json as PyValue[]);
    if (json.some(Array.isArray)) return tuple;
    const key = JSON.stringify(json, (_, value) =>
      value instanceof PyFloat ? `float ${value.value}` : value,
    );
    const known = tuples.get(key);
    if (known) return known;
    tuples.set(key, tuple);
    return tuple;
  };
}

function kindsIn(json: Json): string[] {
  if (typeof json === 'string') return json.startsWith('class:') ? [json] : [];
  return Array.isArray(json) ? json.flatMap(kindsIn) : [];
}

export function asList(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new Error('expected a list');
  return json;
}

export function asObject(json: Json | undefined): JsonObject {
  if (json === null || typeof json !== 'object' || Array.isArray(json) || json instanceof PyFloat) {
    throw new Error('expected an object');
  }
  return json as JsonObject;
}
