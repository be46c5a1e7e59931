/** What a load did: outcome beside the guess, the error word for word or what was printed, why, the keys, repairs. */

import type { LoadProgram } from '../../notebook/load-program';
import type { LoadView, ShelfFile } from '../../notebook/views';
import type { Guess } from '../../store/load-cases';
import { formatShare } from '../charts/number-format';
import { Code } from '../controls/Code';
import { ErrorText } from '../controls/ErrorText';
import { verdictText } from '../i18n/kernel-text';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { Outcome } from '../icons/Outcome';
import { KeyTable } from './KeyTable';
import styles from './LoadResult.module.css';
import { Guessed } from './Predict';
import { Repairs } from './Repairs';
import { Traceback } from './Traceback';

/** Where a link to the result leads. */
export const resultId = 'load-result';

export function LoadResult({
  load,
  guess,
  file,
  onRepair,
}: {
  load: LoadView;
  guess: Guess | null;
  file: ShelfFile | undefined;
  onRepair: (program: LoadProgram) => void;
}) {
  const { t } = useTranslation();
  // The kernel names what the file is; the words for it are the shelf's.
  const named = file && 'what' in load.why.params ? { what: verdictText(t, file) } : {};
  return (
    <section id={resultId} className={styles.result} tabIndex={-1} aria-label={t('load.result')}>
      <p className={`${styles.outcome} ${styles[load.outcome]}`}>
        <Guessed guess={guess} outcome={load.outcome} />
        <Outcome outcome={load.outcome} />
        <b>{t(`outcome.${load.outcome}`)}</b>
        <Accuracy accuracy={load.accuracy} />
      </p>
      {load.warnings.map((warning) => (
        <Code key={warning} text={warning} label={t('load.warned')} />
      ))}
      {load.traceback.length > 0 ? (
        <Traceback lines={load.traceback} />
      ) : (
        load.error && <ErrorText error={load.error} />
      )}
      {load.printed !== null && <Code text={load.printed} label={t('load.printed')} />}
      <p className={styles.why}>
        <Rich id={`why.${load.why.id}`} values={{ ...load.why.params, ...named }} />
      </p>
      {load.keys && <KeyTable keys={load.keys} failed={load.error !== null} />}
      <Repairs repairs={load.repairs} onApply={({ change }) => onRepair({ ...load.program, ...change })} />
    </section>
  );
}

function Accuracy({ accuracy }: { accuracy: LoadView['accuracy'] }) {
  const { t } = useTranslation();
  if (!accuracy) return null;
  const loaded = formatShare(accuracy.loaded);
  return (
    <span className={styles.accuracy}>
      {accuracy.saved === null
        ? t('load.accuracy', { loaded })
        : t('load.accuracyBoth', { loaded, saved: formatShare(accuracy.saved) })}
    </span>
  );
}
