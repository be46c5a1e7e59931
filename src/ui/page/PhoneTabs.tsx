/** A phone's four tabs, with the two mode buttons above them. */
import { useTranslation } from 'react-i18next';
import { useNotebook } from '../../store/notebook';
import { Icon } from '../icons/Icon';
import { SmallSwitch } from '../switch/SmallSwitch';
import styles from './PhoneTabs.module.css';
import type { Panel } from './panel';

const panels: readonly Panel[] = ['outline', 'notebook', 'shelf', 'engine'];

export function PhoneTabs({ panel, onPanel }: { panel: Panel; onPanel: (panel: Panel) => void }) {
  const { t } = useTranslation();
  const mode = useNotebook((s) => s.view?.mode);
  const { setMode } = useNotebook((s) => s.actions);
  return (
    <nav className={styles.tabs} aria-label={t('tabs.label')}>
      {mode && panel === 'notebook' && (
        <div className={styles.modes}>
          <SmallSwitch mode={mode} wide onChange={setMode} />
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
}
