/** Narrows a long list to the rows that hold a text. */
import { useTranslation } from '../i18n/use-translation';
import styles from './Filter.module.css';

export function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <input
      type="search"
      className={styles.filter}
      aria-label={t('inspect.filter')}
      placeholder={t('inspect.filter')}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
