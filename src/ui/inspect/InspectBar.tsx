/** The inspector's bar: the way back to the notebook, language, theme. */

import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Logo } from '../icons/Logo';
import bar from '../page/Bar.module.css';
import { BarTools } from '../page/BarTools';

export function InspectBar({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={bar.bar}>
      <button type="button" className={bar.logo} aria-label={t('inspect.back')} onClick={onBack}>
        <Logo />
        <span translate="no" className={bar.wide}>
          Matchbook
        </span>
      </button>
      <Button look="quiet" onClick={onBack}>
        {t('inspect.back')}
      </Button>
      <span className={bar.space} />
      <BarTools />
    </header>
  );
}
