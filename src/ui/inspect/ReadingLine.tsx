/** How far a long reading is, and the way to stop it. A short one shows nothing. */
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import styles from './ReadingLine.module.css';
import type { LongRead } from './use-long-read';

/** Below this a reading is over before it can be read about. */
const LONG_BYTES = 1 << 25;

export function ReadingLine({ reading: { progress, stop } }: { reading: LongRead }) {
  const { t } = useTranslation();
  if (!progress || progress.total < LONG_BYTES) return null;
  const { done, total } = progress;
  return (
    <div className={styles.line}>
      <progress value={done} max={total} aria-label={t('inspect.reading')} />
      <code>
        {megabytes(done)} / {megabytes(total)} MB
      </code>
      <Button onClick={stop}>{t('inspect.stop')}</Button>
    </div>
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
