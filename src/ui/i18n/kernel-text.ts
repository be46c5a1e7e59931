/** Texts whose id the kernel sends. */
import type { TFunction } from 'i18next';
import type { ShelfFile } from '../../notebook/views';

/** What a file is, in a few words: the ids are `FileKind` of torch/serialization/identify. */
export function verdictText(t: TFunction, { verdict, keys }: ShelfFile): string {
  const { params } = verdict;
  return t(`verdict.${verdict.id}` as 'verdict.unknown', {
    ...params,
    count: Number(params.tensors ?? keys.length),
    // What a broken archive lacks has words of its own where it has no file name.
    context: String(params.missing ?? ''),
  });
}
