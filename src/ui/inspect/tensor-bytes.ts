import type { TensorEntry } from '../../notebook/views/inspection';
import { dtypes } from '../../torch/dtype';

/** What a tensor's own elements take, whatever its storage holds besides. */
export function tensorBytes({ numel, dtype }: TensorEntry): number {
  return numel * dtypes[dtype].itemsize;
}
