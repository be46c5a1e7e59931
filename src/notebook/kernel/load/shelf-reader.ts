/**
 * `torch.load` of one file for many programs. The program the learner ran reads its data, once; the programs a repair is
 * tried with read none: sizes, places, names and keys decide how they end, so a file of any size is tried at once.
 */
import type { PyValue } from '../../../torch/python/values';
import { PyDict } from '../../../torch/python/values';
import { load, noSuchFile } from '../../../torch/serialization/load';
import type { Warning } from '../../../torch/warnings';
import { friendClass } from '../../friend-class';
import type { LoadProgram } from '../../load-program';
import type { NetworkSpec } from '../../network';
import type { Files } from './execute';
import { loadOptions } from './friend-program';

/** A file of the shelf; `null` bytes where it is not there. */
export interface FileOnShelf {
  readonly bytes: Uint8Array | null;
  readonly globals: readonly string[];
}

export function readingFiles(
  network: NetworkSpec,
  { bytes, globals }: FileOnShelf,
  onWarning: (warning: Warning) => void,
): Files {
  return {
    dataless: false,
    load(program) {
      if (!bytes) throw noSuchFile(program.file);
      return load(bytes, { ...loadOptions(program, friendClass(network, program), globals), onWarning });
    },
  };
}

/** `fileNamed` gives the files there would be: a repair may write one. */
export function triedFiles(network: NetworkSpec, fileNamed: (name: string) => FileOnShelf): Files {
  const known = new Map<string, PyValue>();
  return {
    dataless: true,
    load(program) {
      const { bytes, globals } = fileNamed(program.file);
      if (!bytes) throw noSuchFile(program.file);
      const key = loadKey(program);
      const before = known.get(key);
      if (before !== undefined) return before;
      const options = loadOptions(program, friendClass(network, program), globals);
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
  const { classHome, className, layers, forward, alias } = program;
  const call = [file, weightsOnly, safeGlobals, mapLocation, mmap, torch, cuda];
  return JSON.stringify([...call, classHome, className, layers, forward, alias]);
}
