/** The page that shows what is inside a file, or two files side by side. What a file says is read, never executed. */
import { useEffect } from 'react';
import { navigate } from 'wouter/use-hash-location';
import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import { Notices } from '../page/Notices';
import { inspectPath } from '../place';
import { DropTarget } from '../shelf/DropTarget';
import { Comparison } from './Comparison';
import { FilePicker } from './FilePicker';
import { InspectBar } from './InspectBar';
import { InspectedSections } from './InspectedSections';
import styles from './InspectPage.module.css';

const none: readonly ShelfFile[] = [];
const open = (...files: readonly string[]) => navigate(inspectPath(...files));

export function InspectPage({
  file,
  other,
  onBack,
}: {
  file: string | null;
  other: string | null;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const ready = useNotebook((s) => s.view !== null);
  const busy = useNotebook((s) => s.pending > 0);
  const shelf = useNotebook((s) => s.view?.shelf) ?? none;
  const [left, right] = [file, other].map((name) => shelf.find((one) => one.name === name));
  const gone = [file, other].find((name) => name !== null && !shelf.some((one) => one.name === name));
  useEffect(() => {
    scrollTo(0, 0);
  }, []);
  return (
    <div className={styles.inspect}>
      <InspectBar onBack={onBack} />
      <Notices />
      <main className={styles.main} aria-busy={!ready}>
        {!left && (
          <header className={styles.opening}>
            <h1>{t('inspect.question')}</h1>
            <p>{t('inspect.promise')}</p>
          </header>
        )}
        <FilePicker shelf={shelf} file={left?.name ?? null} other={right?.name ?? null} onOpen={open} />
        <p role="status" className={styles.note}>
          {busy && !left && t('inspect.reading')}
          {ready && !busy && gone && t('inspect.gone', { file: gone })}
        </p>
        {left && right ? (
          <Comparison left={left} right={right} />
        ) : (
          left && <InspectedSections key={left.name} file={left} />
        )}
      </main>
      <DropTarget onTaken={open} />
    </div>
  );
}
