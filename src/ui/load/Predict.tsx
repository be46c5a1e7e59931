/** The guess before the run: three ways a program can end. It stays beside what happened; nobody counts. */
import { useId } from 'react';
import type { LoadOutcome } from '../../notebook/views';
import type { Guess } from '../../store/load-cases';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { Outcome } from '../icons/Outcome';
import styles from './Predict.module.css';

const guesses: readonly Guess[] = ['works', 'error', 'silent'];

export function Predict({
  guess,
  onGuess,
  onRun,
}: {
  guess: Guess | null;
  onGuess: (guess: Guess) => void;
  onRun: () => void;
}) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={styles.predict}>
      <legend>{t('predict.question')}</legend>
      <div className={styles.options}>
        {guesses.map((one) => (
          <label key={one} className={styles.option}>
            <input
              type="radio"
              className="sr"
              name={name}
              value={one}
              checked={one === guess}
              onChange={() => onGuess(one)}
            />
            <Outcome outcome={one} />
            <span>
              <b>{t(`outcome.${one}`)}</b>
              <small>{t(`predict.${one}`)}</small>
            </span>
          </label>
        ))}
      </div>
      {/* The head of the cell may be out of view by now. */}
      {guess !== null && (
        <Button className={styles.run} onClick={onRun}>
          <Icon name="play" />
          {t('load.run')}
        </Button>
      )}
    </fieldset>
  );
}

export function Guessed({ guess, outcome }: { guess: Guess | null; outcome: LoadOutcome }) {
  const { t } = useTranslation();
  if (guess === null) return null;
  return (
    <span className={styles.guessed}>
      {t('predict.yours')}
      <Outcome outcome={guess} />
      {t(`outcome.${guess}`)}
      <span aria-hidden="true"> →</span>
      <span className="sr">{t(guess === outcome ? 'predict.right' : 'predict.other')}</span>
    </span>
  );
}
