/** One plain sentence on why a load ended as it did: an id for the page's catalogue, with what it names. */
import type { PythonError } from '../../../torch/errors';
import { Module } from '../../../torch/nn/module';
import { PyDict } from '../../../torch/python/values';
import { Refusal } from '../../../torch/serialization/refusal';
import { sizeRepr } from '../../../torch/tensor';
import type { LoadProgram } from '../../load-program';
import { projectOf } from '../../project';
import type { KeyRow, LoadView, ShelfFile } from '../../views';
import type { Executed } from './execute';
import type { Facts } from './facts';
import { damageOf } from './outcome';

type Why = LoadView['why'];

/** Keys a sentence can name before it stops being one. */
const NAMED = 3;

export function why(program: LoadProgram, file: ShelfFile | null, executed: Executed, facts: Facts): Why {
  const { failed, loaded, keys } = executed;
  if (!failed) return whyItEnded(program, executed);
  const { stage, error } = failed;
  if (error instanceof Refusal) return whyRefused(error);
  switch (stage) {
    case 'import':
    case 'import_from':
      return whyImportFailed(program, error);
    case 'construct':
    case 'allow':
      if (error.type === 'TypeError') return { id: 'module_not_class', params: { name: program.className } };
      return {
        id: stage === 'allow' ? 'no_class_to_allow' : 'no_net_defined',
        params: { name: program.className },
      };
    case 'load':
      return whyLoadFailed(error, file);
    case 'entry':
      return { id: 'no_entry', params: { entry: program.entry ?? '' } };
    case 'load_state_dict':
      if (program.how === 'path') return { id: 'path_given', params: {} };
      return facts.rows ? whyKeys(facts, facts.rows) : { id: 'not_a_dict', params: {} };
    case 'strip':
      return { id: 'not_a_dict', params: {} };
    case 'eval':
    case 'call':
      if (keys && program.how === 'assigned') return { id: 'assigned', params: {} };
      if (loaded instanceof Module || executed.model) return whyCallFailed(error);
      return loaded instanceof PyDict && facts.entry !== null
        ? { id: 'checkpoint_not_model', params: { entry: facts.entry } }
        : { id: 'not_a_module', params: {} };
    default:
      return { id: 'broken_file', params: {} };
  }
}

function whyItEnded(program: LoadProgram, executed: Executed): Why {
  const damage = damageOf(program, executed);
  const params = { name: program.className };
  if (damage === null) return { id: program.how === 'model' ? 'ok_whole' : 'ok_all_keys', params };
  const { missing_keys: missing = [], unexpected_keys: unexpected = [] } = executed.keys ?? {};
  return { id: damage, params: { ...params, missing: listed(missing), unexpected: listed(unexpected) } };
}

/** A limit is this page's own; a name is what the file wants. */
function whyRefused({ id, message, globals }: Refusal): Why {
  if (id === 'globals' || id === 'torchscript')
    return { id: 'refused', params: { globals: globals.length > 0 ? listed(globals) : message } };
  return { id: `refused_${id}`, params: { detail: message } };
}

function whyCallFailed({ type, message }: PythonError): Why {
  const lacking = /^'(\w+)' object has no attribute '(\w+)'$/.exec(message);
  if (lacking) return { id: 'lacks_attribute', params: { name: lacking[1], attribute: lacking[2] } };
  if (message.startsWith('Expected all tensors to be on the same device'))
    return { id: 'two_devices', params: {} };
  return { id: type === 'RuntimeError' ? 'other_input' : 'call_failed', params: {} };
}

/** The script stops before it comes to the file. */
function whyImportFailed(program: LoadProgram, { type }: PythonError): Why {
  const { script, classHome, className } = program;
  const params = { script, module: classHome ?? '', name: className };
  if (type === 'ImportError') return { id: 'import_name', params };
  const elsewhere = projectOf(program).files.find(({ defines }) => defines?.className === className);
  if (!elsewhere) return { id: 'import_module', params };
  return { id: 'import_elsewhere', params: { ...params, path: elsewhere.path } };
}

function whyLoadFailed({ type, message }: PythonError, file: ShelfFile | null): Why {
  // What the file wants comes before what stopped it.
  if (file?.verdict.id === 'dangerous')
    return { id: 'refused', params: { globals: file.verdict.params.globals ?? '' } };
  const unsupported = /Unsupported global: GLOBAL (\S+) was not/.exec(message);
  if (unsupported) return { id: 'weights_only_default', params: { global: unsupported[1] } };
  const missingClass =
    /^Can't get attribute '(?<name>.+)' on <module '(?<module>[^']+)'/.exec(message) ??
    /^module '(?<module>[^']+)' has no attribute '(?<name>.+)'$/.exec(message);
  if (missingClass?.groups) {
    const { name, module } = missingClass.groups;
    return { id: 'class_missing', params: { name, module } };
  }
  const missingModule = /^No module named '([^']+)'/.exec(message);
  if (missingModule) return { id: 'module_missing', params: { module: missingModule[1] } };
  if (type === 'RuntimeError' && message.includes('device_count()'))
    return { id: 'too_few_gpus', params: {} };
  if (type === 'RuntimeError' && message.includes('CUDA')) return { id: 'cuda_tag', params: { tag: 'cuda' } };
  if (message.startsWith('mmap can only be used')) return { id: 'mmap_legacy', params: {} };
  if (type === 'FileNotFoundError') return { id: 'no_file', params: {} };
  const tag = /^don't know how to restore data location of \S+ \(tagged with (.*)\)$/.exec(message);
  if (tag) return { id: 'unknown_tag', params: { tag: tag[1] } };
  const verdict = file?.verdict.id ?? 'unknown';
  if (verdict === 'empty') return { id: 'empty_file', params: {} };
  const isOther = file?.kind === 'other' && verdict !== 'brokenZip';
  return isOther ? { id: 'not_a_checkpoint', params: { what: verdict } } : { id: 'broken_file', params: {} };
}

function whyKeys({ entry, filePrefix, modelPrefix }: Facts, rows: readonly KeyRow[]): Why {
  const only = (state: KeyRow['state']): string[] =>
    rows.flatMap((row) => (row.state === state ? [row.key] : []));
  const params = { missing: listed(only('missing')), unexpected: listed(only('unexpected')) };
  if (entry !== null) return { id: 'checkpoint_level', params: { ...params, entry } };
  if (filePrefix !== null) return { id: 'file_prefix', params: { ...params, prefix: filePrefix } };
  if (modelPrefix !== null) return { id: 'model_prefix', params: { ...params, prefix: modelPrefix } };
  const wrong = rows.find(({ state, file }) => state === 'mismatch' && file !== null);
  if (wrong?.file && wrong.model) {
    return {
      id: 'size_mismatch',
      params: { key: wrong.key, file: sizeRepr(wrong.file), model: sizeRepr(wrong.model) },
    };
  }
  return { id: 'keys_mismatch', params };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown}, … (${names.length})` : shown || '–';
}
