/** The file as it is now, kept beside what it becomes: two files to compare. */

import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import styles from './KeepCopy.module.css';

export function KeepCopy({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const { keepCopy } = useNotebook((s) => s.actions);
  return (
    <div className={styles.keep}>
      <Button onClick={() => keepCopy(file.name)}>{t('inspect.copy')}</Button>
      <span>{t('inspect.copyWhy')}</span>
    </div>
  );
}
