/** Language and theme, at the right end of every bar. */

import { useNotebook } from '../../store/notebook';
import type { Theme } from '../../store/settings';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { ThemeIcon } from '../icons/Icon';

const nextTheme: Readonly<Record<Theme, Theme>> = { light: 'dark', dark: 'projector', projector: 'light' };

export function BarTools() {
  const { t } = useTranslation();
  const { theme, language } = useNotebook((s) => s.settings);
  const { change } = useNotebook((s) => s.actions);
  const themeText = t('bar.theme', { theme: t(`theme.${theme}`) });
  return (
    <>
      <Button
        look="quiet"
        lang={t('bar.languageCode')}
        onClick={() => change({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        {t('bar.language')}
      </Button>
      <Button
        look="quiet"
        aria-label={themeText}
        title={themeText}
        onClick={() => change({ theme: nextTheme[theme] })}
      >
        <ThemeIcon />
      </Button>
    </>
  );
}
