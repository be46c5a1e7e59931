/** The bar: logo, the small switch while the large one is out of view, drawers, share, keys, language, theme. */

import { memo } from 'react';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { Logo } from '../icons/Logo';
import { SmallSwitch } from '../switch/SmallSwitch';
import styles from './Bar.module.css';
import { BarTools } from './BarTools';
import type { Panel } from './panel';
import { goToCell } from './use-current-cell';

export const Bar = memo(function Bar({
  showSwitch,
  panel,
  onPanel,
  onShare,
  onSettings,
}: {
  showSwitch: boolean;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onShare: () => void;
  onSettings: () => void;
}) {
  const { t } = useTranslation();
  const ready = useNotebook((s) => s.view !== null);
  const drawer = (name: Panel) => ({
    look: 'quiet' as const,
    className: styles.drawer ?? '',
    'aria-expanded': panel === name,
    onClick: () => onPanel(panel === name ? 'notebook' : name),
  });
  return (
    <header className={styles.bar}>
      <button
        type="button"
        className={styles.logo}
        aria-label={t('bar.home')}
        onClick={() => goToCell('intro')}
      >
        <Logo />
        <span translate="no">Matchbook</span>
      </button>
      <span className={styles.space} />
      {ready && showSwitch && (
        <div className={styles.wide}>
          <SmallSwitch />
        </div>
      )}
      <Button {...drawer('outline')}>{t('bar.outline')}</Button>
      <Button {...drawer('shelf')}>{t('bar.shelf')}</Button>
      <Button look="quiet" onClick={onShare}>
        {t('bar.share')}
      </Button>
      <Button
        look="quiet"
        className={styles.wide ?? ''}
        aria-label={t('bar.settings')}
        title={t('bar.settings')}
        onClick={onSettings}
      >
        <Icon name="keys" />
      </Button>
      <BarTools />
    </header>
  );
});
