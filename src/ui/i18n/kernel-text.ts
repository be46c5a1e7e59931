/** Texts whose id the kernel sends. */
import type { TFunction } from 'i18next';
import { modulePath } from '../../notebook/project';
import type { RepairView, ShelfFile } from '../../notebook/views';

/** What a file is, in a few words: the ids are `FileKind` of torch/serialization/identify. */
export function verdictText(t: TFunction, { verdict, keys }: Pick<ShelfFile, 'verdict' | 'keys'>): string {
  return kindText(t, verdict, keys.length);
}

/** `count` is how many keys or tensors are in it. */
export function kindText(t: TFunction, { id, params }: ShelfFile['verdict'], count: number): string {
  // The kernel's ids are not known to the type checker.
  const say = t as unknown as (key: string, options: object) => string;
  return say(`verdict.${id}`, {
    ...params,
    count: Number(params.tensors ?? count),
    // What a broken archive lacks has words of its own where it has no file name.
    context: String(params.missing ?? ''),
  });
}

/** What a repair is called, or what it costs; either may name what is changed. */
export function repairText(t: TFunction, { id, change }: RepairView, part: 'title' | 'cost'): string {
  const { classHome, alias, strip, entry } = change;
  const say = t as unknown as (key: string, options: object) => string;
  return say(`repair.${id}.${part}`, {
    file: classHome ? modulePath(classHome) : '',
    alias: alias ?? '',
    prefix: strip ?? '',
    entry: entry ?? '',
  });
}

/** Why a level is not there. */
export function reasonText(t: TFunction, reason: string): string {
  const key = `engine.reason.${reason}` as 'engine.reason.run-failed';
  return t([key, 'engine.reason.run-failed']);
}
