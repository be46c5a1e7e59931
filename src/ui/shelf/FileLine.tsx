/** A file in a line: its name, what it is, its size. */

import type { ShelfFile } from '../../notebook/views';
import { verdictText } from '../i18n/kernel-text';
import { useTranslation } from '../i18n/use-translation';
import { bytesText } from './bytes-text';
import styles from './Shelf.module.css';

export function FileLine({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  return (
    <p className={styles.line}>
      <code className={styles.name}>{file.name}</code>
      <span className={styles.kind}>
        {verdictText(t, file)} · <span className={styles.size}>{bytesText(file.bytes)}</span>
      </span>
    </p>
  );
}
