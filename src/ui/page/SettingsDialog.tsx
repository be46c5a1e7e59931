/** The keys of the page, and the switch that turns single letters off. */

import { useNotebook } from '../../store/notebook';
import { Modal } from '../controls/Modal';
import { useTranslation } from '../i18n/use-translation';
import styles from './SettingsDialog.module.css';

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shortcuts } = useNotebook((s) => s.settings);
  const { change } = useNotebook((s) => s.actions);
  return (
    <Modal title={t('settings.title')} onClose={onClose}>
      <dl className={styles.keys}>
        <dt>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </dt>
        <dd>{t('settings.run')}</dd>
        <dt>
          <kbd>T</kbd>
        </dt>
        <dd>{t('settings.flip')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('settings.help')}</dd>
      </dl>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={shortcuts}
          onChange={(event) => change({ shortcuts: event.target.checked })}
        />
        {t('settings.shortcuts')}
      </label>
      <p className={styles.note}>{t('settings.note')}</p>
    </Modal>
  );
}
