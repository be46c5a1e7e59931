/**
 * The page's words. One JSON per language, fetched when it is chosen; below the page there are only ids and
 * parameters. `?lang=` wins over what was remembered, which wins over the browser's language.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';

const STORED = 'matchbook.language';

const catalogues = {
  zh: () => import('./zh.json'),
  en: () => import('./en.json'),
} as const;

/** Must settle before the first render. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await setLanguage(firstLanguage());
}

export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await catalogues[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = i18next.t('meta.title');
}

/** Chooses and remembers. A frame without storage forgets, and says nothing. */
export async function rememberLanguage(language: Language): Promise<void> {
  await setLanguage(language);
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // third-party frames may have no storage
  }
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? stored() ?? navigator.language;
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
