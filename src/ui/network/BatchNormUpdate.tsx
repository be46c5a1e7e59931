/** The update of the record with its real numbers; in evaluation the same lines, frozen. */

import type { Mode } from '../../notebook/statements';
import type { BatchNormView } from '../../notebook/views';
import { formatFactor, formatTable } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import styles from './BatchNormUpdate.module.css';
import { updateNumbers } from './batchnorm-update';

export interface BatchNormUpdateProps {
  readonly view: BatchNormView;
  readonly mode: Mode;
  readonly feature: number;
}

export function BatchNormUpdate({ view, mode, feature }: BatchNormUpdateProps) {
  const { t } = useTranslation();
  const update = mode === 'train' ? updateNumbers(view, feature) : null;
  const name = (buffer: string) => `${buffer}[${feature}]`;
  // Always the same three lines: a flip moves nothing.
  return (
    <section className={styles.lines} aria-label={t('figure.batchNorm.update')}>
      {update ? (
        <>
          <Line
            name={name('running_mean')}
            keep={update.keep}
            take={update.take}
            before={update.mean.before}
            batch={<mark>{formatTable(update.mean.batch)}</mark>}
            after={update.mean.after}
          />
          <Line
            name={name('running_var')}
            keep={update.keep}
            take={update.take}
            before={update.variance.before}
            batch={<UnbiasedVariance value={update.variance.batch} rows={update.variance.rows} />}
            after={update.variance.after}
          />
        </>
      ) : (
        <>
          <Frozen name={name('running_mean')} value={view.running.mean[feature]!}>
            {mode === 'eval'
              ? t('figure.batchNorm.frozen')
              : t(view.batch ? 'figure.batchNorm.moved' : 'figure.batchNorm.noBatch')}
          </Frozen>
          <Frozen name={name('running_var')} value={view.running.variance[feature]!} />
        </>
      )}
      <p>
        <i>{`num_batches_tracked ${update ? '←' : '='} `}</i>
        {update ? `${view.tracked - 1} + 1 = ${view.tracked}` : view.tracked}
      </p>
    </section>
  );
}

interface LineProps {
  readonly name: string;
  readonly keep: number;
  readonly take: number;
  readonly before: number;
  readonly batch: React.ReactNode;
  readonly after: number;
}

function Line({ name, keep, take, before, batch, after }: LineProps) {
  return (
    <p className={styles.batch}>
      <i>{`${name} ← `}</i>
      {`${formatFactor(keep)} × ${formatTable(before)} + ${formatFactor(take)} × `}
      {batch}
      {` = ${formatTable(after)}`}
    </p>
  );
}

/** Normalising divides by n, the record by n - 1. */
function UnbiasedVariance({ value, rows }: { value: number; rows: number | null }) {
  if (rows === null) return <mark>{formatTable(value)}</mark>;
  return (
    <>
      <mark>{formatTable(value)}</mark>
      {` × ${rows}/${rows - 1}`}
    </>
  );
}

function Frozen({ name, value, children }: { name: string; value: number; children?: React.ReactNode }) {
  return (
    <p className={styles.record}>
      <i>{`${name} = `}</i>
      <mark>{formatTable(value)}</mark>
      {children && <span className={styles.note}>{children}</span>}
    </p>
  );
}
