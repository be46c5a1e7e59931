/**
 * The catalogue's words in a component. It is what react-i18next's hook of this name gives here; with that package a slow
 * machine takes a quarter of a second longer to open the page, because every text is looked up anew on every draw.
 */
import i18next, { type TFunction, type TOptions } from 'i18next';
import { useSyncExternalStore } from 'react';

export interface Translation {
  readonly t: TFunction;
  /** `zh` or `en`; `undefined` before there is one. */
  readonly language: string | undefined;
}

const listeners = new Set<() => void>();
let current = translation();

i18next.on('languageChanged', () => {
  current = translation();
  for (const changed of listeners) changed();
});

/** Draws the component again when another language has been chosen. */
export function useTranslation(): Translation {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/**
 * `i18next.t`, but that a text without parameters, as most of a page are, is looked up in the catalogue itself. i18next
 * takes a tenth of a millisecond for each the first time, which a page that opens has a hundred of.
 */
function translation(): Translation {
  const { language } = i18next;
  const catalogue: unknown = language && i18next.getResourceBundle(language, 'translation');
  const t = (key: string | string[], options?: TOptions): string => {
    const text = options || typeof key !== 'string' ? null : textAt(catalogue, key);
    // A key is checked where it is used.
    return text ?? (i18next.t(key as 'intro.text', options ?? {}) as string);
  };
  return { t: t as unknown as TFunction, language };
}

function textAt(catalogue: unknown, key: string): string | null {
  let at = catalogue;
  for (const name of key.split('.')) at = (at as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof at === 'string' ? at : null;
}
