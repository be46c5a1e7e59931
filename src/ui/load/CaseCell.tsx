/** A case in the table: run, only guessed, or not touched yet. */

import type { ErrorView, LoadView } from '../../notebook/views';
import type { LoadCase } from '../../store/load-cases';
import { formatShare } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import { Outcome } from '../icons/Outcome';
import { Breakable } from './Breakable';
import styles from './CaseTable.module.css';

export function CaseCell({
  one: { guess, load },
  name,
  selected,
  reachable,
  onSelect,
}: {
  one: LoadCase;
  /** File and program, for those who do not see row and column. */
  name: string;
  selected: boolean;
  /** The table's tab stop. */
  reachable: boolean;
  onSelect: () => void;
}) {
  const { t } = useTranslation();
  const guessText = guess === null ? '' : t('cases.guess', { guess: t(`outcome.${guess}`) });
  return (
    <button
      type="button"
      className={`${styles.case} ${load ? styles[load.outcome] : ''}`}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onClick={onSelect}
    >
      <span className="sr">{name}: </span>
      {load ? <Ended load={load} /> : guess === null && <Untouched />}
      {guess !== null && (
        <span className={load ? styles.corner : styles.chip}>
          <span className="sr">{guessText}</span>
          <span aria-hidden="true">{t('cases.guessShort')}</span>
          <Outcome outcome={guess} />
        </span>
      )}
    </button>
  );
}

function Untouched() {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true" className={styles.dot}>
        ·
      </span>
      <span className="sr">{t('cases.untouched')}</span>
    </>
  );
}

function Ended({ load }: { load: LoadView }) {
  const { t } = useTranslation();
  return (
    <>
      <Outcome outcome={load.outcome} />
      <span className={styles.word}>
        {load.outcome === 'silent' && load.accuracy ? (
          <>
            <span className="sr">{t('outcome.silent')}, </span>
            {accuracyText(load.accuracy)}
          </>
        ) : load.error ? (
          <Breakable as="name" text={errorName(load.error)} />
        ) : (
          t(`outcome.${load.outcome}`)
        )}
      </span>
    </>
  );
}

/** In per cent, as the legend says. */
function accuracyText({ saved, loaded }: NonNullable<LoadView['accuracy']>): string {
  const percent = (share: number) => formatShare(share).replace('%', '');
  return saved === null ? percent(loaded) : `${percent(saved)} → ${percent(loaded)}`;
}

/** What load_state_dict complains of first says more than that it is a RuntimeError. */
function errorName({ type, message }: ErrorView): string {
  const complaint = /^Error\(s\) in loading state_dict for .*\n\t(\w+ key\(s\)|size mismatch)/.exec(message);
  return complaint?.[1] ?? type.slice(type.lastIndexOf('.') + 1);
}
