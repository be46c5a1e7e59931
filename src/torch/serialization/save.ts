/** `torch.save` (torch/serialization.py), zip format. */
import type { PyValue } from '../python/values';
import { Pickler } from './pickle/pickler';
import { archiveName, archiveParts, joined } from './zip/writer';

/**
 * The bytes `torch.save(obj, fileName)` writes on x86-64 Linux. The file name matters: its last part names the folder inside.
 * Raises RuntimeError for a name that is only an extension, PicklingError for what cannot be pickled.
 */
export function save(obj: PyValue, fileName: string): Uint8Array {
  return joined(saveParts(obj, fileName));
}

/** The same in parts that follow each other, as a Blob takes them: the storages of the tensors are among them, uncopied. */
export function saveParts(obj: PyValue, fileName: string): Uint8Array[] {
  const folder = archiveName(fileName);
  const pickler = new Pickler();
  const pickle = pickler.dump(obj);
  const storages = [...pickler.storages].map(([storage, key]): [string, Uint8Array] => [key, storage.bytes]);
  return archiveParts(folder, pickle, storages);
}
