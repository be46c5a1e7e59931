/** What a file is, told by its content, without running any of it. */
import { PyDict } from '../../torch/python/values';
import { globalsInFile } from '../../torch/serialization/globals-in-file';
import { identify } from '../../torch/serialization/identify';
import { load } from '../../torch/serialization/load';
import { Tensor } from '../../torch/tensor';
import type { ShelfFile } from '../views';

/** Keys the page lists of one file. */
const LISTED = 500;

export function describeFile(name: string, bytes: Uint8Array, origin: ShelfFile['origin']): ShelfFile {
  const verdict = identify(bytes);
  const { id } = verdict;
  const keys = id === 'state_dict' ? keysOf(bytes) : [];
  return {
    name,
    kind: id === 'state_dict' || id === 'model' ? id : 'other',
    bytes: bytes.length,
    origin,
    verdict,
    keys,
    globals: globalsInFile(bytes),
  };
}

function keysOf(bytes: Uint8Array): ShelfFile['keys'] {
  try {
    // On meta no tensor data is read, and tags of other devices do not keep a file from being described.
    const loaded = load(bytes, { mapLocation: 'meta' });
    if (!(loaded instanceof PyDict)) return [];
    return [...loaded]
      .slice(0, LISTED)
      .flatMap(([key, value]) =>
        value instanceof Tensor ? [{ name: String(key), shape: value.shape, dtype: value.dtype }] : [],
      );
  } catch {
    return [];
  }
}
