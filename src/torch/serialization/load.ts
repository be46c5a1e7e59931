/** `torch.load` (torch/serialization.py), in its order of checks. Nothing a file names is imported or run. */
import { PythonError } from '../errors';
import { Program } from '../program/program';
import { strRepr } from '../python/repr';
import type { PyValue } from '../python/values';
import { globalsInFile } from './globals-in-file';
import { loadLegacy } from './legacy';
import { loadHost } from './load-host';
import { isMeta, type MapLocation, type Placing, placing } from './location';
import { PartsInMemory } from './parts-in-memory';
import { PersistentStorages } from './persistent-storages';
import { CUnpickler } from './pickle/c-unpickler';
import { Cursor } from './pickle/cursor';
import type { GlobalsHost, Warning } from './pickle/host';
import { RestrictedUnpickler, type SafeGlobals } from './pickle/restricted-unpickler';
import type { Loadable } from './prefetch';
import { Refusal } from './refusal';
import { loadSafetensors } from './safetensors';
import { isTar, loadTar } from './tar';
import { explain, unsafeMessage } from './weights-only-error';
import { ArchiveReader, isZip } from './zip/reader';

export interface LoadOptions {
  /** True where the argument is left out, since 2.6. */
  readonly weightsOnly?: boolean;
  readonly mapLocation?: MapLocation;
  /** GPUs of the machine that loads. */
  readonly cuda?: number;
  /** Everything is checked and no element read: storages stay on `meta`. */
  readonly dataless?: boolean;
  readonly mmap?: boolean;
  /** Name on disk; `null` for a file-like object, which is never taken for a tar. */
  readonly fileName?: string | null;
  /** The program that loads: where classes are looked up with `weightsOnly: false`. */
  readonly program?: Program;
  /** `torch.serialization.safe_globals([...])` around the call. */
  readonly safeGlobals?: SafeGlobals;
  /** What Python would warn of. */
  readonly onWarning?: (warning: Warning) => void;
}

/**
 * Raises PythonError with PyTorch's class and text, or Refusal for what this program will not do; never anything else,
 * whatever the bytes are.
 */
export function load(bytes: Loadable, options: LoadOptions = {}): PyValue {
  try {
    return dispatch(bytes, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The engine's own limits: its stack, where Python's would end too, and the size of an array.
    if (/call stack/i.test(error.message)) {
      throw new PythonError('RecursionError', 'maximum recursion depth exceeded');
    }
    throw new Refusal('limit', error.message);
  }
}

function dispatch(bytes: Loadable, options: LoadOptions): PyValue {
  const { weightsOnly = true, mapLocation, fileName = 'model.pth', mmap = false } = options;
  if (bytes instanceof PartsInMemory || (isZip(bytes) && !isSafetensors(fileName)))
    return loadZip(bytes, options);
  if (isSafetensors(fileName)) return loadSafetensors(bytes, mapLocation);
  if (mmap) {
    const shown = fileName === null ? '' : `${fileName}, `;
    throw new PythonError(
      'RuntimeError',
      `mmap can only be used with files saved with \`torch.save(${shown}_use_new_zipfile_serialization=True), ` +
        'please torch.save your checkpoint with this option in order to use mmap.',
    );
  }
  if (fileName !== null && isTar(bytes)) {
    if (!weightsOnly) return loadTar(bytes, unpickler(bytes, options), placingOf(options));
    throw new PythonError(
      'RuntimeError',
      `Cannot use \`\`weights_only=True\`\` with files saved in the legacy .tar format. ${unsafeMessage}`,
    );
  }
  const cursor = new Cursor(bytes);
  const unpickle = unpickler(bytes, options);
  return explaining(weightsOnly, () =>
    loadLegacy({
      cursor,
      place: placingOf(options),
      next: (persistentLoad) => unpickle(cursor, persistentLoad),
      warn: options.onWarning ?? (() => {}),
    }),
  );
}

/** The name alone decides. */
function isSafetensors(fileName: string | null): boolean {
  return fileName?.endsWith('.safetensors') ?? false;
}

/** Legacy formats have no directory to check a storage against: without its data it goes to `meta`. */
function placingOf({ mapLocation, cuda, dataless = false }: LoadOptions): Placing {
  const place = placing(mapLocation, cuda);
  return (tag) => {
    const placed = place(tag);
    return dataless ? 'meta' : placed;
  };
}

/** What `open()` raises for a file that is not there. */
export function noSuchFile(fileName: string): PythonError {
  return new PythonError('FileNotFoundError', `[Errno 2] No such file or directory: ${strRepr(fileName)}`);
}

function loadZip(bytes: Loadable, options: LoadOptions): PyValue {
  const { weightsOnly = true, mapLocation, fileName, dataless = false, mmap = false, onWarning } = options;
  const archive = new ArchiveReader(bytes);
  if (archive.allRecords().includes('constants.pkl')) {
    onWarning?.({
      category: 'UserWarning',
      message:
        "'torch.load' received a zip file that looks like a TorchScript archive dispatching to 'torch.jit.load' " +
        "(call 'torch.jit.load' directly to silence this warning)",
    });
    if (!weightsOnly) throw new Refusal('torchscript', 'a TorchScript program', globalsInFile(bytes));
    throw new PythonError(
      'RuntimeError',
      `Cannot use \`\`weights_only=True\`\` with TorchScript archives passed to \`\`torch.load\`\`. ${unsafeMessage}`,
    );
  }
  if (mmap && fileName === null) {
    throw new PythonError('ValueError', 'f must be a file path in order to use the mmap argument');
  }
  const storages = new PersistentStorages(archive, {
    place: placingOf(options),
    meta: isMeta(mapLocation),
    dataless,
    mapped: mmap,
  });
  const unpickle = unpickler(bytes, options);
  return explaining(weightsOnly, () =>
    unpickle(new Cursor(archive.record('data.pkl')), (id) => storages.load(id)),
  );
}

function explaining(weightsOnly: boolean, run: () => PyValue): PyValue {
  try {
    return run();
  } catch (error) {
    throw weightsOnly ? explain(error) : error;
  }
}

type Unpickle = (cursor: Cursor, persistentLoad?: (id: PyValue) => PyValue) => PyValue;

function unpickler(bytes: Loadable, options: LoadOptions): Unpickle {
  const { weightsOnly = true, program = new Program(), safeGlobals, onWarning } = options;
  const host = (persistentLoad: (id: PyValue) => PyValue): GlobalsHost =>
    loadHost({
      program,
      persistentLoad,
      warn: onWarning ?? (() => {}),
      allGlobals: () => globalsInFile(bytes),
    });
  if (weightsOnly) {
    return (cursor, persistentLoad = unsupportedId) =>
      new RestrictedUnpickler(cursor, host(persistentLoad), safeGlobals).load();
  }
  return (cursor, persistentLoad = noPersistentLoad) => new CUnpickler(cursor, host(persistentLoad)).load();
}

/** torch/_weights_only_unpickler.py, `Unpickler.persistent_load`. */
function unsupportedId(): never {
  throw new PythonError('UnpicklingError', 'unsupported persistent id encountered');
}

/** Modules/_pickle.c, `load_persid`. */
function noPersistentLoad(): never {
  throw new PythonError(
    'UnpicklingError',
    'A load persistent id instruction was encountered,\nbut no persistent_load function was specified.',
  );
}
