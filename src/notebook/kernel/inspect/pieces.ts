/** A tensor's bytes some at a time, so that none has to be in memory whole. */
import { dtypes } from '../../../torch/dtype';
import type { OpenFile, TensorValues } from '../../../torch/serialization/describe/types';
import type { Watch } from './inspections';

const PIECE_BYTES = 1 << 22;

/** Each piece holds whole groups of `step` elements. A tensor without elements has one empty piece. Raises Cancelled. */
export async function* pieces(
  file: OpenFile,
  tensor: number,
  { signal, onProgress }: Watch,
  step = 1,
): AsyncGenerator<TensorValues> {
  const { numel, dtype } = file.description.tensors[tensor];
  const groups = Math.max(1, Math.floor(PIECE_BYTES / dtypes[dtype].itemsize / step));
  let start = 0;
  do {
    const end = Math.min(numel, start + groups * step);
    yield await file.readTensor(tensor, { start, end }, signal && { signal });
    start = end;
    onProgress?.(end, numel);
  } while (start < numel);
}
