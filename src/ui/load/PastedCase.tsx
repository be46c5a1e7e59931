/** What was pasted beside what happened here, and in sentences what differs. */

import type { LoadProgram } from '../../notebook/load-program';
import { type Difference, differences, type Recognised, recogniseLoad } from '../../notebook/pasted';
import type { ErrorView, LoadView } from '../../notebook/views';
import { caseOf } from '../../store/load-cases';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { ErrorText } from '../controls/ErrorText';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { resultId } from './LoadResult';
import type { Answer } from './PasteError';
import styles from './PasteError.module.css';

export function PastedCase({ answer: { found, then } }: { answer: Answer }) {
  const { t } = useTranslation();
  if (!found) return <p className={styles.sentence}>{t('paste.unknown')}</p>;
  if (typeof then !== 'string') return <Reproduced found={found} program={then.program} />;
  return (
    <>
      <Sides yours={found.excerpt} here={null} />
      <p className={styles.sentence}>
        {then === 'needs_step' ? (
          <Rich id="paste.needsStep" />
        ) : (
          <>
            <Rich id={`paste.because.${found.family}`} values={namesIn(found)} /> {t('paste.notRun')}
          </>
        )}
      </p>
    </>
  );
}

function Reproduced({ found, program }: { found: Recognised; program: LoadProgram }) {
  const { t } = useTranslation();
  const { load } = caseOf(
    useNotebook((s) => s.cases),
    program,
  );
  if (!load) return <Sides yours={found.excerpt} here={null} />;
  const { error } = load;
  const here = recogniseLoad(load);
  const told = here ? differences(found, here) : [];
  return (
    <>
      <Sides yours={found.excerpt} here={error} />
      <p className={styles.sentence}>
        {t(`paste.${endingOf(load, here?.family === found.family)}`)}{' '}
        {told.map((one) => (
          <Differs key={one.id} difference={one} />
        ))}
      </p>
      <Button className={styles.find} onClick={() => document.getElementById(resultId)?.focus()}>
        {t('paste.open')}
      </Button>
    </>
  );
}

/** Whether it broke in the same way, in another, or not at all. */
function endingOf({ error }: LoadView, same: boolean): 'same' | 'otherError' | 'noError' {
  if (!error) return 'noError';
  return same ? 'same' : 'otherError';
}

function Sides({ yours, here }: { yours: string; here: ErrorView | null }) {
  const { t } = useTranslation();
  return (
    <div className={styles.sides}>
      <section aria-label={t('paste.yours')}>
        <h3>{t('paste.yours')}</h3>
        <pre className={styles.yours}>{yours}</pre>
      </section>
      {here && (
        <section aria-label={t('paste.here')}>
          <h3>{t('paste.here')}</h3>
          <ErrorText error={here} />
        </section>
      )}
    </div>
  );
}

function Differs({ difference: { id, yours, here } }: { difference: Difference }) {
  return (
    <>
      <Rich id={`paste.differs.${id}`} values={{ yours, here }} />{' '}
    </>
  );
}

/** Names that a sentence may use. */
function namesIn({ details }: Recognised): Readonly<Record<string, string>> {
  const names = Object.entries(details).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(names) as Record<string, string>;
}
