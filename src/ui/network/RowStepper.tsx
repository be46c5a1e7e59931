/** Which row of the batch the figure draws: one up, one down. */
import { useTranslation } from '../i18n/use-translation';
import styles from './RowStepper.module.css';

export interface RowStepperProps {
  readonly row: number;
  readonly rows: number;
  readonly onRow: (row: number) => void;
  /** Under the input column the buttons stand above each other. */
  readonly direction: 'column' | 'row';
}

export function RowStepper({ row, rows, onRow, direction }: RowStepperProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.stepper} data-direction={direction}>
      <legend className="sr">{t('figure.network.rowGroup')}</legend>
      <button
        type="button"
        className={styles.button}
        aria-label={t('figure.network.rowPrevious')}
        aria-disabled={row === 0}
        onClick={() => row > 0 && onRow(row - 1)}
      >
        <Chevron up />
      </button>
      <span className={styles.count} aria-hidden="true">
        {row + 1}/{rows}
      </span>
      <button
        type="button"
        className={styles.button}
        aria-label={t('figure.network.rowNext')}
        aria-disabled={row >= rows - 1}
        onClick={() => row < rows - 1 && onRow(row + 1)}
      >
        <Chevron />
      </button>
      <span className="sr" aria-live="polite">
        {t('figure.network.rowOf', { row: row + 1, rows })}
      </span>
    </fieldset>
  );
}

function Chevron({ up = false }: { up?: boolean }) {
  return (
    <svg className={styles.chevron} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={up ? 'M3 10.500l5-5 5 5' : 'M3 5.500l5 5 5-5'}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
    </svg>
  );
}
