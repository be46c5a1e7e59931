/** The page's words; below the page there are only ids and parameters. */
import i18next from 'i18next';
import { useNotebook } from '../../store/notebook';
import type { Language } from '../../store/settings';
import { wordsOf } from './words';

/** Must settle before the first render. */
export async function startI18n(): Promise<void> {
  await i18next.init({
    resources: {},
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  await showLanguage(useNotebook.getState().settings.language);
}

/** Fetches the language's words if they are not here yet; text changes when they have arrived. */
export async function showLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await wordsOf(language));
  }
  // Another language may have been chosen while this one was on its way.
  if (useNotebook.getState().settings.language !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = i18next.t('meta.title');
}
