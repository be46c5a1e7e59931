/** A phone's four tabs, with the two mode buttons above them. */

import { memo } from 'react';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { SmallSwitch } from '../switch/SmallSwitch';
import styles from './PhoneTabs.module.css';
import type { Panel } from './panel';

const panels: readonly Panel[] = ['outline', 'notebook', 'shelf', 'engine'];

export const PhoneTabs = memo(function PhoneTabs({
  panel,
  onPanel,
}: {
  panel: Panel;
  onPanel: (panel: Panel) => void;
}) {
  const { t } = useTranslation();
  const ready = useNotebook((s) => s.view !== null);
  return (
    <nav className={styles.tabs} aria-label={t('tabs.label')}>
      {ready && panel === 'notebook' && (
        <div className={styles.modes}>
          <SmallSwitch wide />
        </div>
      )}
      <div className={styles.row}>
        {panels.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={panel === name ? 'page' : undefined}
            onClick={() => onPanel(name)}
          >
            <Icon name={name} />
            {t(`tabs.${name}`)}
          </button>
        ))}
      </div>
    </nav>
  );
});
