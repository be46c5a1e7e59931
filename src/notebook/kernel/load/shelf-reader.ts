/**
 * `torch.load` of one file for many programs. The program the learner ran reads its data, once; the programs a repair is
 * tried with read none: sizes, places, names and keys decide how they end, so a file of any size is tried at once.
 */
import type { PyValue } from '../../../torch/python/values';
import { PyDict } from '../../../torch/python/values';
import { load, noSuchFile } from '../../../torch/serialization/load';
import { type Loadable, prefetch } from '../../../torch/serialization/prefetch';
import { Refusal } from '../../../torch/serialization/refusal';
import type { Warning } from '../../../torch/warnings';
import type { LoadProgram } from '../../load-program';
import type { NetworkSpec } from '../../network';
import { layoutOf, projectOf } from '../../project';
import type { Shelf } from '../shelf';
import type { Files } from './execute';
import { loadOptions } from './friend-program';

/** A file of the shelf; `null` bytes where it is not there, a Refusal where it cannot be read. */
export interface FileOnShelf {
  readonly bytes: Loadable | Refusal | null;
  readonly globals: readonly string[];
}

/** What a load looks at of a file, or with `whole` all of it, read once for all programs that are run on it. */
export async function readFile(
  shelf: Shelf,
  name: string,
  how: typeof prefetch = prefetch,
): Promise<FileOnShelf> {
  const kept = shelf.get(name);
  if (!kept) return { bytes: null, globals: [] };
  const { globals } = kept.view;
  try {
    return { bytes: await how(kept.source, name), globals };
  } catch (error) {
    if (error instanceof Refusal) return { bytes: error, globals };
    throw error;
  }
}

/** Raises what `open()` raises, and the Refusal. */
function opened({ bytes }: FileOnShelf, name: string): Loadable {
  if (!bytes) throw noSuchFile(name);
  if (bytes instanceof Refusal) throw bytes;
  return bytes;
}

export function readingFiles(
  network: NetworkSpec,
  file: FileOnShelf,
  onWarning: (warning: Warning) => void,
): Files {
  return {
    dataless: false,
    load(program) {
      const options = loadOptions(program, network, file.globals);
      return load(opened(file, program.file), { ...options, onWarning });
    },
  };
}

/** `fileNamed` gives the files there would be: a repair may write one. */
export function triedFiles(network: NetworkSpec, fileNamed: (name: string) => FileOnShelf): Files {
  const known = new Map<string, PyValue>();
  return {
    dataless: true,
    load(program) {
      const file = fileNamed(program.file);
      const bytes = opened(file, program.file);
      const key = loadKey(program);
      const before = known.get(key);
      if (before !== undefined) return before;
      const options = loadOptions(program, network, file.globals);
      // Where a whole model lies decides whether it can be called: its tags are kept.
      const dataless = !(program.cuda && program.how === 'model');
      const loaded = load(bytes, { ...options, dataless });
      // A model is changed by what follows (`eval()`), a dict is only read.
      if (loaded instanceof PyDict) known.set(key, loaded);
      return loaded;
    },
  };
}

/** What the result of torch.load can depend on. */
function loadKey(program: LoadProgram): string {
  const { file, weightsOnly, safeGlobals, mapLocation, mmap, torch, cuda } = program;
  const { alias } = program;
  const call = [file, weightsOnly, safeGlobals, mapLocation, mmap, torch, cuda];
  return JSON.stringify([...call, layoutOf(projectOf(program), program), alias]);
}
