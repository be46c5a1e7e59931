/** Runs the steps of one case on this program, and keeps what they gave. */
import { type Backend, runForward } from '../../src/engine';
import type { DType } from '../../src/torch/dtype';
import { isFloating } from '../../src/torch/dtype';
import { castBytes, elementsOf } from '../../src/torch/elements';
import { PythonError } from '../../src/torch/errors';
import { IncompatibleKeys, loadStateDict } from '../../src/torch/nn/load-state-dict';
import { Module } from '../../src/torch/nn/module';
import { asList, asObject, rootSpec } from '../../src/torch/program/spec-json';
import { build, UserModule } from '../../src/torch/program/user-module';
import { shortTypeName } from '../../src/torch/python/type-name';
import { PyDevice, PyDict, PyFloat, PyObject, type PyValue } from '../../src/torch/python/values';
import { Generator } from '../../src/torch/random/generator';
import { globalsInFile } from '../../src/torch/serialization/globals-in-file';
import { load, noSuchFile } from '../../src/torch/serialization/load';
import type { MapLocation } from '../../src/torch/serialization/location';
import type { Warning } from '../../src/torch/serialization/pickle/host';
import { Refusal } from '../../src/torch/serialization/refusal';
import { save } from '../../src/torch/serialization/save';
import { unsafeGlobals } from '../../src/torch/serialization/unsafe-globals';
import { Parameter, Storage, Tensor } from '../../src/torch/tensor';
import { type CorpusCase, type JsonObject, readFile } from './corpus-case';
import { type CaseProgram, caseProgram, safeGlobals } from './corpus-program';
import { Summarizer } from './corpus-value';

export interface Actual {
  readonly outcome: 'ok' | 'error' | 'refused' | 'crash';
  readonly results: unknown[];
  readonly error: {
    readonly step: number;
    readonly type: string;
    readonly module: string;
    readonly message: string;
  } | null;
  readonly warnings: readonly Warning[];
  /** Every global the case's files name. */
  readonly globals: readonly string[];
}

type Value = PyValue | IncompatibleKeys;

/** A step this runner has no words for: the case fails, it does not pass by accident. */
class NotExpressible extends Error {}

interface State {
  readonly dir: string;
  readonly files: Map<string, Uint8Array>;
  readonly program: CaseProgram;
  readonly variables: Map<string, Value>;
  readonly warnings: Warning[];
  readonly backend: Backend;
  /** `torch.manual_seed` seeds the one generator of the process. */
  readonly generator: Generator;
}

export async function runCase(corpusCase: CorpusCase, dir: string, backend: Backend): Promise<Actual> {
  const files = new Map(corpusCase.files.map(([file, name]) => [name, readFile(dir, file)]));
  const state: State = {
    dir,
    files,
    program: caseProgram(corpusCase.env),
    variables: new Map(),
    warnings: [],
    backend,
    generator: new Generator(0),
  };
  const summarizer = new Summarizer();
  const results: unknown[] = [];
  let outcome: Actual['outcome'] = 'ok';
  let error: Actual['error'] = null;
  for (const [i, step] of corpusCase.steps.entries()) {
    try {
      const value = await run(step, state);
      if (step.as !== undefined) state.variables.set(String(step.as), value);
      results.push(step.show === false ? null : summarizer.summarize(value));
    } catch (problem) {
      ({ outcome, error } = failure(problem, i));
      break;
    }
  }
  for (const name of outcome === 'crash' ? [] : corpusCase.after) {
    results.push({ after: name, value: summarizer.summarize(evaluate(name, state)) });
  }
  const globals = [...new Set([...files.values()].flatMap(globalsInFile))];
  return { outcome, results, error, warnings: state.warnings, globals };
}

function failure(problem: unknown, step: number): Pick<Actual, 'outcome' | 'error'> {
  if (problem instanceof PythonError) {
    const { type, message } = problem;
    return {
      outcome: 'error',
      error: { step, type, module: problem.module ?? 'builtins', message: normalize(message) },
    };
  }
  if (problem instanceof Refusal) {
    const { id, message } = problem;
    return { outcome: 'refused', error: { step, type: id, module: 'refusal', message } };
  }
  const message = problem instanceof Error ? `${problem.message}\n${problem.stack}` : String(problem);
  return { outcome: 'crash', error: { step, type: 'crash', module: '', message } };
}

/** Addresses and lines of C++ files differ from run to run and build to build. */
function normalize(message: string): string {
  return message.replace(/0x[0-9a-f]{6,}/g, '0x<addr>').replace(/(\w+\.(?:cc|cpp|h)):\d+/g, '$1:<line>');
}

async function run(step: JsonObject, state: State): Promise<Value> {
  switch (step.op) {
    case 'load':
      return loadStep(step, state);
    case 'build':
      return buildStep(step, state);
    case 'load_state_dict': {
      const { strict, assign } = step;
      return loadStateDict(
        moduleNamed(String(step.target), state),
        argument(asObject(step.arg_struct), state),
        {
          ...(strict === undefined ? {} : { strict: strict === true }),
          ...(assign === undefined ? {} : { assign: assign === true }),
        },
      );
    }
    case 'forward':
      return forwardStep(step, state);
    case 'save':
      state.files.set(String(step.file), save(plainValue(String(step.target), state), String(step.file)));
      return null;
    case 'unsafe_globals':
      return unsafeGlobals(fileNamed(String(step.file), state));
    default:
      throw new NotExpressible(`step ${String(step.op)}`);
  }
}

function fileNamed(name: string, { files }: State): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw noSuchFile(name);
  return bytes;
}

function loadStep(step: JsonObject, state: State): PyValue {
  const name = String(step.file);
  return load(fileNamed(name, state), {
    ...(step.weights_only === undefined ? {} : { weightsOnly: step.weights_only === true }),
    ...(step.mmap === undefined ? {} : { mmap: step.mmap === true }),
    ...(step.map_location === undefined || step.map_location === null
      ? {}
      : { mapLocation: mapLocation(step.map_location) }),
    ...(step.safe_globals === undefined
      ? {}
      : { safeGlobals: safeGlobals(asList(step.safe_globals).map(String), state.program.program) }),
    fileName: step.buffer ? null : name,
    program: state.program.program,
    onWarning: (warning) => state.warnings.push(warning),
  });
}

function mapLocation(json: JsonObject[string]): MapLocation {
  if (typeof json === 'string') return json;
  const { device, dict, callable } = asObject(json);
  if (typeof device === 'string') {
    const [type, index] = device.split(':');
    return new PyDevice(type, index === undefined ? null : Number(index));
  }
  if (dict !== undefined)
    return new Map(Object.entries(asObject(dict)).map(([from, to]) => [from, String(to)]));
  return { callable: callable === 'keep' ? 'keep' : 'none' };
}

function buildStep(step: JsonObject, state: State): PyValue {
  state.generator.manualSeed(Number(step.seed ?? 0));
  const module = String(step.module ?? '__main__');
  const model = step.root
    ? build(rootSpec(step.root), state.generator)
    : instance(String(step.class), module, state);
  if (step.dtype !== undefined && model instanceof Module) convert(model, String(step.dtype) as DType);
  return model;
}

function instance(name: string, module: string, state: State): PyValue {
  const spec = state.program.classes.get(module)?.get(name);
  if (!spec) throw new NotExpressible(`class ${name}`);
  return spec.isModule === false
    ? new PyObject(state.program.program.findClass(module, name))
    : UserModule.create(spec, state.generator, module);
}

/** `model.to(dtype)`: floating-point parameters and buffers alone. */
function convert(model: Module, dtype: DType): void {
  const cast = (tensor: Tensor): Tensor =>
    isFloating(tensor.dtype)
      ? new Tensor(new Storage(dtype, castBytes(tensor, dtype).slice()), tensor.shape)
      : tensor;
  for (const [, module] of model.namedModules()) {
    for (const [name, parameter] of module.parameters) {
      if (parameter) module.parameters.set(name, new Parameter(cast(parameter), parameter.requiresGrad));
    }
    for (const [name, buffer] of module.buffers) if (buffer) module.buffers.set(name, cast(buffer));
  }
}

/** The argument of `load_state_dict`: a variable, a part of it, or the usual repairs of its keys. */
function argument(struct: JsonObject, state: State): PyValue {
  if ('literal' in struct) {
    const literal = struct.literal;
    return literal !== null && typeof literal === 'object' && !(literal instanceof PyFloat)
      ? new PyDict()
      : (literal as PyValue);
  }
  let value = plainValue(String(struct.var), state);
  if (struct.key !== undefined && value instanceof PyDict) value = value.get(String(struct.key)) ?? null;
  if (struct.call === 'state_dict' && value instanceof Module) value = value.stateDict();
  if (!(value instanceof PyDict)) return value;
  const { strip_prefix: strip, drop_prefix: drop, map } = struct;
  if (typeof strip === 'string') {
    value = new PyDict(
      [...value].map(([key, item]) => [
        String(key).startsWith(strip) ? String(key).slice(strip.length) : key,
        item,
      ]),
    );
  }
  if (typeof drop === 'string' && value instanceof PyDict) {
    value = new PyDict([...value].filter(([key]) => !String(key).startsWith(drop)));
  }
  if (map === 'list of the values' && value instanceof PyDict) return [...value.values()];
  if (map === 'values to python lists' && value instanceof PyDict) {
    return new PyDict(
      [...value].map(([key, item]) => [
        key,
        item instanceof Tensor ? elementsOf(item).map((x) => new PyFloat(Number(x))) : item,
      ]),
    );
  }
  if (map !== undefined) throw new NotExpressible(`map ${String(map)}`);
  return value;
}

function plainValue(name: string, { variables }: State): PyValue {
  const value = variables.get(name);
  if (value === undefined || value instanceof IncompatibleKeys) throw new NotExpressible(`variable ${name}`);
  return value;
}

function moduleNamed(name: string, state: State): Module {
  const value = plainValue(name, state);
  if (value instanceof Module) return value;
  throw new PythonError(
    'AttributeError',
    `'${shortTypeName(value)}' object has no attribute 'load_state_dict'`,
  );
}

/** Element i of the input is ((i % 7) - 3) / 4. */
async function forwardStep(step: JsonObject, state: State): Promise<Value> {
  const shape = asList(asObject(step.input).shape).map(Number);
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float32Array.from({ length: count }, (_, i) => ((i % 7) - 3) / 4);
  if (step.seed !== undefined && step.seed !== null) state.generator.manualSeed(Number(step.seed));
  const model = plainValue(String(step.target), state);
  if (!(model instanceof Module))
    throw new PythonError('TypeError', `'${shortTypeName(model)}' object is not callable`);
  const { output } = await runForward(state.backend, model, { shape, values }, state.generator, {
    observe: false,
  });
  return Tensor.float32(output.values, output.shape);
}

/** `name` or `name.state_dict()`, after the last step. */
function evaluate(expression: string, state: State): PyValue {
  const [, name, call] = /^(\w+)(\.state_dict\(\))?$/.exec(expression) ?? [];
  if (!name) throw new NotExpressible(expression);
  return call ? moduleNamed(name, state).stateDict() : plainValue(name, state);
}
