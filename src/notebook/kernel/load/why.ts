/** One plain sentence on why a load ended as it did: an id for the page's catalogue, with what it names. */
import type { Module } from '../../../torch/nn/module';
import { PyDict, type PyValue } from '../../../torch/python/values';
import { Refusal } from '../../../torch/serialization/refusal';
import { type Shape, sizeRepr, Tensor } from '../../../torch/tensor';
import type { LoadProgram } from '../../load-program';
import type { LoadView, ShelfFile } from '../../views';
import type { Executed } from './execute';

type Why = LoadView['why'];

/** Keys a sentence can name before it stops being one. */
const NAMED = 3;

export function why(
  program: LoadProgram,
  file: ShelfFile | null,
  { failed, model, loaded, keys }: Executed,
): Why {
  if (!failed) return whyItWorked(program, keys);
  const { stage, error } = failed;
  if (error instanceof Refusal) {
    return {
      id: 'refused',
      params: { globals: error.globals.length > 0 ? listed(error.globals) : error.message },
    };
  }
  switch (stage) {
    case 'construct':
      return { id: 'no_net_defined', params: {} };
    case 'eval':
      return { id: 'not_a_module', params: {} };
    case 'load_state_dict':
      return model && loaded instanceof PyDict
        ? keysOrShapes(model, loaded)
        : { id: 'not_a_dict', params: {} };
    case 'load':
      return whyLoadFailed(error.type, error.message, file);
  }
}

function whyItWorked(program: LoadProgram, keys: Executed['keys']): Why {
  if (program.how === 'model')
    return { id: program.layers === 'wider' ? 'silent_wider' : 'ok_whole', params: {} };
  if (!keys || keys.missing_keys.length + keys.unexpected_keys.length === 0)
    return { id: 'ok_all_keys', params: {} };
  return {
    id: keys.missing_keys.length > 0 ? 'silent_partial' : 'ok_incompatible',
    params: { missing: listed(keys.missing_keys), unexpected: listed(keys.unexpected_keys) },
  };
}

function whyLoadFailed(type: string, message: string, file: ShelfFile | null): Why {
  // What the file wants comes before what stopped it.
  if (file?.verdict.id === 'dangerous')
    return { id: 'refused', params: { globals: file.verdict.params.globals ?? '' } };
  const unsupported = /Unsupported global: GLOBAL (\S+) was not/.exec(message);
  if (unsupported) return { id: 'weights_only_default', params: { global: unsupported[1] } };
  const missingClass = /^Can't get attribute '(.+)' on <module '([^']+)'/.exec(message);
  if (missingClass)
    return { id: 'class_missing', params: { name: missingClass[1], module: missingClass[2] } };
  const missingModule = /^No module named '([^']+)'/.exec(message);
  if (missingModule) return { id: 'module_missing', params: { module: missingModule[1] } };
  if (type === 'RuntimeError' && message.includes('CUDA')) return { id: 'cuda_tag', params: { tag: 'cuda' } };
  const tag = /^don't know how to restore data location of \S+ \(tagged with (.*)\)$/.exec(message);
  if (tag) return { id: 'unknown_tag', params: { tag: tag[1] } };
  const verdict = file?.verdict.id ?? 'unknown';
  if (verdict === 'empty') return { id: 'empty_file', params: {} };
  const isOther = file?.kind === 'other' && verdict !== 'brokenZip';
  return isOther ? { id: 'not_a_checkpoint', params: { what: verdict } } : { id: 'broken_file', params: {} };
}

function keysOrShapes(model: Module, loaded: PyDict): Why {
  const wanted = model.stateDict();
  for (const [key, tensor] of wanted) {
    const found = loaded.get(key);
    if (tensor instanceof Tensor && found instanceof Tensor && !same(tensor.shape, found.shape)) {
      return {
        id: 'size_mismatch',
        params: { key: String(key), file: sizeRepr(found.shape), model: sizeRepr(tensor.shape) },
      };
    }
  }
  const without = (keys: Iterable<PyValue>, other: PyDict): string[] =>
    [...keys].filter((key) => !other.has(key)).map(String);
  return {
    id: 'keys_mismatch',
    params: {
      missing: listed(without(wanted.keys(), loaded)),
      unexpected: listed(without(loaded.keys(), wanted)),
    },
  };
}

function same(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, i) => d === b[i]);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown}, … (${names.length})` : shown || '–';
}
