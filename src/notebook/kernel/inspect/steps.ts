/** A long reading in steps: the progress of each is progress of the whole. */
import { dtypes } from '../../../torch/dtype';
import type { OpenFile } from '../../../torch/serialization/describe/types';
import type { Watch } from './inspections';

/** A watch for each step, of so many bytes, in the order they are taken. */
export function stepsOf(sizes: readonly number[], { signal, onProgress }: Watch): Watch[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  return sizes.map((size) => {
    const start = before;
    before += size;
    return {
      ...(signal && { signal }),
      // A step may count in bytes of its own: those of a compressed record, or of a view's storage.
      onProgress: (done, all) => onProgress?.(start + (all > 0 ? (done / all) * size : size), total),
    };
  });
}

export function bytesOf({ description }: OpenFile, tensor: number): number {
  const { numel, dtype } = description.tensors[tensor];
  return numel * dtypes[dtype].itemsize;
}
