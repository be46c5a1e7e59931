/**
 * The catalogue's words in a component. It is what react-i18next's hook of this name gives here; with that package a slow
 * machine takes a quarter of a second longer to open the page, because every text is looked up anew on every draw.
 */
import i18next, { type TFunction } from 'i18next';
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

/** `i18next.t`, which remembers the texts that take no parameters: most of a page. */
function translation(): Translation {
  const texts = new Map<string, string>();
  // A key is checked where it is used.
  const say = (key: string | string[], options = {}): string => i18next.t(key as 'intro.text', options);
  const t = (key: string | string[], options?: object): string => {
    if (options || typeof key !== 'string') return say(key, options);
    const text = texts.get(key) ?? say(key);
    texts.set(key, text);
    return text;
  };
  return { t: t as unknown as TFunction, language: i18next.language };
}
