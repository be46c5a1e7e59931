/** A file made of another's tensors, ready to be handed over. */
import type { Words } from './words';

export interface ExportView {
  /** `tudui_parameter.safetensors`; `null` where it could not be made. */
  readonly name: string | null;
  readonly data: Blob | null;
  /** What became of the tensors on the way, or why there is no file. */
  readonly notes: readonly Words[];
}
