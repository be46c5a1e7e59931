/** `Module.load_state_dict` (torch/nn/modules/module.py): what fits is copied as it is met, what does not is told at the end. */
import { bumpVersion } from '../autograd/in-place';
import { copyInto } from '../elements';
import { NotBuilt, PythonError } from '../errors';
import { strRepr } from '../python/repr';
import { shortTypeName, typeRepr } from '../python/type-name';
import { PyDict, type PyValue } from '../python/values';
import { Parameter, sizeRepr, Tensor } from '../tensor';
import { silent, userWarning, type Warn } from '../warnings';
import type { Module } from './module';

export interface LoadStateDictOptions {
  readonly strict?: boolean;
  /** Takes the file's tensors instead of copying their values: their dtype and storage come along. */
  readonly assign?: boolean;
  readonly warn?: Warn;
  /** Missing and unexpected keys, also where they raise. */
  readonly onKeys?: (keys: IncompatibleKeys) => void;
}

/** `torch.nn.modules.module._IncompatibleKeys`. */
export class IncompatibleKeys {
  readonly missing_keys: readonly string[];
  readonly unexpected_keys: readonly string[];

  constructor(missing: readonly string[], unexpected: readonly string[]) {
    this.missing_keys = missing;
    this.unexpected_keys = unexpected;
  }

  /** `repr()`: what a notebook prints. */
  get repr(): string {
    if (this.missing_keys.length === 0 && this.unexpected_keys.length === 0)
      return '<All keys matched successfully>';
    const list = (keys: readonly string[]): string => `[${keys.map(strRepr).join(', ')}]`;
    return `_IncompatibleKeys(missing_keys=${list(this.missing_keys)}, unexpected_keys=${list(this.unexpected_keys)})`;
  }
}

interface Report {
  readonly missing: string[];
  readonly unexpected: string[];
  readonly problems: string[];
  readonly warn: Warn;
}

/**
 * Copies parameters and buffers by name. Raises TypeError for anything but a dict, and one RuntimeError that lists everything
 * wrong: by then all tensors that fit have been replaced. `strict: false` silences missing and unexpected keys, never sizes.
 */
export function loadStateDict(
  module: Module,
  stateDict: PyValue,
  { strict = true, assign = false, warn = silent, onKeys }: LoadStateDictOptions = {},
): IncompatibleKeys {
  if (!(stateDict instanceof PyDict)) {
    throw new PythonError('TypeError', `Expected state_dict to be dict-like, got ${typeRepr(stateDict)}.`);
  }
  const metadata = stateDict.attributes?.get('_metadata');
  module.requireInit('_load_state_dict_pre_hooks');
  const report: Report = { missing: [], unexpected: [], problems: [], warn };
  loadTree(module, [...stateDict], '', metadata instanceof PyDict ? metadata : null, assign, report);
  const { missing, unexpected, problems } = report;
  const keys = new IncompatibleKeys(missing, unexpected);
  onKeys?.(keys);
  const quoted = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(', ');
  const lines = [
    ...(strict && missing.length > 0 ? [`Missing key(s) in state_dict: ${quoted(missing)}. `] : []),
    ...(strict && unexpected.length > 0 ? [`Unexpected key(s) in state_dict: ${quoted(unexpected)}. `] : []),
    ...problems,
  ];
  if (lines.length > 0) {
    throw new PythonError(
      'RuntimeError',
      `Error(s) in loading state_dict for ${module.className}:\n\t${lines.join('\n\t')}`,
    );
  }
  return keys;
}

type Entry = readonly [PyValue, PyValue];

function loadTree(
  module: Module,
  entries: readonly Entry[],
  prefix: string,
  metadata: PyDict | null,
  assign: boolean,
  report: Report,
): void {
  const recorded = metadata?.get(prefix.slice(0, -1));
  const local = recorded instanceof PyDict ? recorded : new PyDict();
  // Written into the file's own metadata: the dict assigns from then on.
  if (assign) local.set('assign_to_params_buffers', true);
  loadOne(
    module,
    withCount(module, withoutOldStatistics(module, entries, prefix, local, report), prefix, local),
    prefix,
    Boolean(local.get('assign_to_params_buffers')),
    report,
  );
  for (const [name, child] of module.modules) {
    const below = `${prefix}${name}.`;
    loadTree(
      child,
      entries.filter(([key]) => keyText(key).startsWith(below)),
      below,
      metadata,
      assign,
      report,
    );
  }
}

function keyText(key: PyValue): string {
  if (typeof key === 'string') return key;
  throw new PythonError('AttributeError', `'${shortTypeName(key)}' object has no attribute 'startswith'`);
}

/**
 * A BatchNorm saved before version 2 has no `num_batches_tracked`: the module's own stands in
 * (torch/nn/modules/batchnorm.py, `_NormBase._load_from_state_dict`).
 */
function withCount(
  module: Module,
  entries: readonly Entry[],
  prefix: string,
  local: PyDict,
): readonly Entry[] {
  const count = module.buffers.get('num_batches_tracked');
  const version = local.get('version');
  if (module.version < 2 || !count || (typeof version === 'number' && version >= 2)) return entries;
  const key = `${prefix}num_batches_tracked`;
  return entries.some(([name]) => name === key) ? entries : [...entries, [key, count]];
}

/**
 * An InstanceNorm of before 0.4.0 had running statistics by default, and none is told apart by its version
 * (torch/nn/modules/instancenorm.py, `_InstanceNorm._load_from_state_dict`).
 */
function withoutOldStatistics(
  module: Module,
  entries: readonly Entry[],
  prefix: string,
  local: PyDict,
  report: Report,
): readonly Entry[] {
  const isInstanceNorm = module.moduleName === 'torch.nn.modules.instancenorm';
  if (!isInstanceNorm || local.has('version') || module.attribute('track_running_stats')) return entries;
  const old = ['running_mean', 'running_var'].map((name) => prefix + name);
  const found = old.filter((key) => entries.some(([name]) => name === key));
  if (found.length === 0) return entries;
  const { className } = module;
  report.problems.push(
    `Unexpected running stats buffer(s) ${found.map((key) => `"${key}"`).join(' and ')} for ${className} with ` +
      'track_running_stats=False. If state_dict is a checkpoint saved before 0.4.0, this may be expected because ' +
      `${className} does not track running stats by default since 0.4.0. Please remove these keys from state_dict. ` +
      'If the running stats are actually needed, instead set track_running_stats=True in ' +
      `${className} to enable them. See the documentation of ${className} for details.`,
  );
  return entries.filter(([name]) => !found.includes(String(name)));
}

/** One module without its children. */
function loadOne(
  module: Module,
  entries: readonly Entry[],
  prefix: string,
  assign: boolean,
  report: Report,
): void {
  const values = new PyDict(entries);
  const own = new Set<string>();
  for (const group of [module.parameters, module.buffers] as Map<string, Tensor | null>[]) {
    for (const [name, current] of group) {
      if (!current || module.nonPersistentBuffers.has(name)) continue;
      own.add(name);
      const key = prefix + name;
      const given = values.get(key);
      if (given === undefined) report.missing.push(key);
      else {
        const problem = take(group, name, current, given, key, assign, report.warn);
        if (problem !== null) report.problems.push(problem);
      }
    }
  }
  for (const key of values.keys()) {
    const text = keyText(key);
    if (!text.startsWith(prefix)) continue;
    const [first, ...rest] = text.slice(prefix.length).split('.');
    if (rest.length > 0 ? !module.modules.has(first) : !own.has(first)) report.unexpected.push(text);
  }
}

/** Copies or assigns one tensor; returns the line that says why it could not. */
function take(
  group: Map<string, Tensor | null>,
  name: string,
  current: Tensor,
  value: PyValue,
  key: string,
  assign: boolean,
  warn: Warn,
): string | null {
  if (!(value instanceof Tensor)) {
    return (
      `While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint but ` +
      `received ${typeRepr(value)}`
    );
  }
  // 0-dim tensors were saved as one element before 0.4.
  const isOldScalar = current.shape.length === 0 && value.shape.length === 1 && value.shape[0] === 1;
  const given = isOldScalar
    ? new Tensor(value.storage, [], { offset: value.offset, dtype: value.dtype })
    : value;
  if (given.shape.join() !== current.shape.join() || given.shape.length !== current.shape.length) {
    return (
      `size mismatch for ${key}: copying a param with shape ${sizeRepr(given.shape)} from checkpoint, ` +
      `the shape in current model is ${sizeRepr(current.shape)}.`
    );
  }
  if (current.isMeta && !given.isMeta && !assign) warn(userWarning(`for ${key}: ${COPIES_NOTHING}`));
  const failure = assign ? assignTensor(group, name, current, given) : copyTensor(current, given);
  if (failure === null) return null;
  return (
    `While copying the parameter named "${key}", whose dimensions in the model are ${sizeRepr(current.shape)} and ` +
    `whose dimensions in the checkpoint are ${sizeRepr(given.shape)}, an exception occurred : (${strRepr(failure)},).`
  );
}

const COPIES_NOTHING =
  'copying from a non-meta parameter in the checkpoint to a meta parameter in the current model, which is a no-op. ' +
  '(Did you mean to pass `assign=True` to assign items in the state dictionary to their corresponding key in the module ' +
  'instead of copying them in place?)';

function copyTensor(current: Tensor, given: Tensor): string | null {
  if (current.inference) throw new NotBuilt('loading into inference tensors');
  if (current.isMeta) return null;
  if (given.isMeta) return 'Cannot copy out of meta tensor; no data!';
  copyInto(current, given);
  bumpVersion(current);
  return null;
}

function assignTensor(
  group: Map<string, Tensor | null>,
  name: string,
  current: Tensor,
  given: Tensor,
): string | null {
  if (!(current instanceof Parameter)) group.set(name, given);
  else if (given instanceof Parameter) {
    given.requiresGrad = current.requiresGrad;
    group.set(name, given);
  } else {
    if (current.requiresGrad && !canRequireGrad(given)) {
      return 'Only Tensors of floating point and complex dtype can require gradients';
    }
    group.set(name, new Parameter(given, current.requiresGrad));
  }
  return null;
}

function canRequireGrad({ dtype }: Tensor): boolean {
  return dtype.startsWith('float') || dtype === 'bfloat16' || dtype.startsWith('complex');
}
