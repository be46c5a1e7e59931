/** What a file has, what it lacks and what opening it does: ids for the page's catalogue. */
import { PythonError } from '../../../torch/errors';
import { typeName } from '../../../torch/python/type-name';
import type { ByteSource } from '../../../torch/serialization/byte-source';
import type { GlobalEntry } from '../../../torch/serialization/describe/pickle-types';
import type { FileDescription, ModuleNode, OpenFile } from '../../../torch/serialization/describe/types';
import { load } from '../../../torch/serialization/load';
import { prefetch } from '../../../torch/serialization/prefetch';
import { Refusal } from '../../../torch/serialization/refusal';
import type { InspectedFile, OpeningView } from '../../views/inspection';
import type { Words } from '../../views/words';
import { errorView } from '../define';

/** A larger file is not loaded to see what loading gives: what its opcodes say has to do. */
const LOADED = 1 << 26;
/** Names a line can tell before it stops being one. */
const NAMED = 3;

export function inspected({ description }: OpenFile): InspectedFile {
  return { description, has: has(description), lacks: lacks(description) };
}

const say = (id: string, params: Words['params'] = {}): Words => ({ id, params });

function has(file: FileDescription): Words[] {
  const { tensors, storages, parts, model, metadata } = file;
  const words: Words[] = [];
  if (tensors.length > 0) words.push(tensorWords(file));
  if (model) words.push(trainingWords(model));
  for (const kind of ['state_dict', 'optimizer', 'model'] as const) {
    const keys = parts.filter((part) => part.kind === kind).map(({ key }) => key);
    if (keys.length > 0) words.push(say(kind, { keys: listed(keys) }));
  }
  const values = parts.filter(({ kind }) => kind === 'value').map(({ key, text }) => `${key} = ${text}`);
  if (values.length > 0) words.push(say('values', { values: listed(values) }));
  if (metadata.length > 0 && file.container === 'zip')
    words.push(say('metadata', { count: metadata.length }));
  const tags = [...new Set(storages.map(({ location }) => location))];
  if (tags.length > 0 && file.container !== 'safetensors') words.push(say('tags', { tags: listed(tags) }));
  return words;
}

/** Elements of parameters and buffers apart where the file says which is which. */
function tensorWords({ tensors }: FileDescription): Words {
  const count = (role: string): number =>
    tensors.filter((one) => one.role === role).reduce((sum, { numel }) => sum + numel, 0);
  const [parameters, buffers, values] = [count('parameter'), count('buffer'), count('tensor')];
  return parameters + buffers > 0 && values === 0
    ? say('parameters', { count: tensors.length, parameters, buffers })
    : say('tensors', { count: tensors.length, values: parameters + buffers + values });
}

function trainingWords(model: ModuleNode): Words {
  const flags = nodes(model).map(({ training }) => training === true);
  const on = flags.filter(Boolean).length;
  if (on === 0 || on === flags.length) return say('training', { flag: on === 0 ? 'False' : 'True' });
  return say('trainingMixed', { on, count: flags.length });
}

function nodes(root: ModuleNode): ModuleNode[] {
  return [root, ...root.modules.flatMap(nodes)];
}

function lacks({ container, parts, model, tensors }: FileDescription): Words[] {
  if (tensors.length === 0) return [];
  const optimizer = parts.some(({ kind }) => kind === 'optimizer') ? [] : [say('optimizer')];
  // Before 1.6 a whole-model file kept the path and the text of its class's source.
  if (model) return [...(container === 'legacy' ? [] : [say('source'), say('path')]), ...optimizer];
  const isWeights = parts.length === 0;
  const code = container === 'safetensors' ? [say('pickle')] : [];
  return [say('class'), say('training'), ...(isWeights ? [say('roles')] : []), ...optimizer, ...code];
}

/** The ways to open it in Python, and what comes of each. */
export async function openings(
  name: string,
  file: FileDescription,
  source: ByteSource,
): Promise<OpeningView[]> {
  if (file.container === 'safetensors')
    return [{ code: 'safetensors.torch.load_file(f)', words: say('gives', { what: 'dict' }), error: null }];
  const byDefault = await defaultLoad(name, file, source);
  const trusting = trustingLoad(file);
  return trusting ? [byDefault, trusting] : [byDefault];
}

/** What `torch.load` gives or raises by default: by loading it where that is cheap, from its opcodes where it is not. */
async function defaultLoad(name: string, file: FileDescription, source: ByteSource): Promise<OpeningView> {
  const code = 'torch.load(f)';
  if (source.size <= LOADED) {
    try {
      const bytes = await prefetch(source, name);
      return { code, words: say('gives', { what: typeName(load(bytes, { fileName: name })) }), error: null };
    } catch (error) {
      if (error instanceof PythonError) return { code, words: say('raises'), error: errorView(error) };
      if (error instanceof Refusal) return { code, words: say('tooMuch'), error: null };
      throw error;
    }
  }
  const refusedAt = file.pickles[file.mainPickle]?.refusedAt;
  return { code, words: say(refusedAt ? 'refuses' : 'allows'), error: null };
}

/** With `weights_only=False` a name is imported and a call is made; `null` where there is no pickle, or nothing more to it. */
function trustingLoad({ pickles }: FileDescription): OpeningView | null {
  const code = 'torch.load(f, weights_only=False)';
  const calls = pickles.flatMap((pickle) => pickle.calls);
  const globals = pickles.flatMap((pickle) => pickle.globals);
  const risky = globals.filter(({ verdict }) => verdict === 'unsafe' || verdict === 'computed');
  if (risky.length > 0) {
    const text =
      calls.length > 0 ? listed(outermost(calls.map((call) => call.text))) : listed(risky.map(nameOf));
    return { code, words: say(calls.length > 0 ? 'calls' : 'imports', { what: text }), error: null };
  }
  const own = globals.filter(({ verdict, module }) => verdict === 'class' && !module.startsWith('torch.'));
  const modules = [...new Set(own.map(({ module }) => module))];
  const needed = modules.filter((module) => module !== '__main__');
  if (needed.length > 0) return { code, words: say('runsModule', { what: listed(needed) }), error: null };
  if (modules.length > 0)
    return { code, words: say('needsMain', { what: listed(own.map(nameOf)) }), error: null };
  return globals.some(({ verdict }) => verdict !== 'allowed')
    ? { code, words: say('opens'), error: null }
    : null;
}

/** Calls that are no part of another one. */
function outermost(texts: readonly string[]): string[] {
  return texts.filter(
    (text, i) => !texts.some((other, j) => j !== i && other !== text && other.includes(text)),
  );
}

const nameOf = ({ module, name, verdict }: GlobalEntry): string =>
  verdict === 'computed' ? '?' : `${module}.${name}`;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown}, … (${names.length})` : shown;
}
