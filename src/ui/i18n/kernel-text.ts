/** Texts whose id the kernel sends. An id this catalogue lacks is shown as it is: it is a defect, not a secret. */
import type { TFunction } from 'i18next';

export interface KernelText {
  readonly id: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export function verdictText(t: TFunction, { id, params }: KernelText): string {
  return t(`verdict.${id}` as 'verdict.unknown', {
    ...params,
    count: Number(params.keys ?? 0),
    defaultValue: id,
  });
}
