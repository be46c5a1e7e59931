/** Bytes of the files that no torch.save wrote. */
import { PyDict } from '../../torch/python/values';
import { Pickler } from '../../torch/serialization/pickle/pickler';
import { writtenTexts } from '../code';
import type { Written } from '../statements';

export function writtenBytes(what: Written): Uint8Array {
  return what === 'pickle' ? new Pickler().dump(new PyDict()) : new TextEncoder().encode(writtenTexts[what]);
}
