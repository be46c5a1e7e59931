/** The words of each language, fetched when it is chosen. */
import type { Language } from '../../store/settings';

const catalogues = {
  zh: () => import('./zh.json'),
  en: () => import('./en.json'),
} as const;

/** Fetched once, however often they are asked for. */
export async function wordsOf(language: Language): Promise<object> {
  return (await catalogues[language]()).default;
}
