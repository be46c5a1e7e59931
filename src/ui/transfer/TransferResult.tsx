/** What a transfer did, in numbers: keys in and out, parameters frozen, and what moved in the steps that followed. */
import type { TransferRow, TransferState, TransferView } from '../../notebook/views/transfer';
import { formatShare, formatTable } from '../charts/number-format';
import { Code } from '../controls/Code';
import { ErrorText } from '../controls/ErrorText';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { TransferKeys } from './TransferKeys';
import styles from './TransferResult.module.css';

const states: readonly TransferState[] = ['loaded', 'kept', 'skipped', 'unexpected'];

export function TransferResult({ result }: { result: TransferView }) {
  const { t } = useTranslation();
  const { error, printed, rows, totals, frozen, trained, steps } = result;
  const counted = states
    .filter((state) => state === 'loaded' || totals[state].keys > 0)
    .map((state) =>
      t(`transfer.count.${state}`, { count: totals[state].keys, numbers: totals[state].numbers }),
    )
    .join(t('keys.comma'));
  return (
    <section className={styles.result} aria-label={t('transfer.result')}>
      {printed !== null && <Code text={printed} label={t('load.printed')} />}
      {error && <ErrorText error={error} />}
      {rows.length > 0 && (
        <>
          <p>
            {counted}
            {t('keys.stop')} {!error && t('transfer.frozenOf', { frozen, all: frozen + trained })}
          </p>
          <TransferKeys rows={rows} steps={steps?.count ?? null} />
        </>
      )}
      <p className={styles.lesson}>
        <Lesson result={result} />
      </p>
      {steps && (
        <p className={styles.figures}>
          {t('transfer.figures', {
            count: steps.count,
            from: formatTable(steps.firstLoss),
            to: formatTable(steps.lastLoss),
            before: formatShare(steps.before),
            after: formatShare(steps.after),
          })}
        </p>
      )}
    </section>
  );
}

/** The one thing to take along: it follows from what was measured, not from what was chosen. */
function Lesson({ result: { program, error, rows, totals, steps } }: { result: TransferView }) {
  if (error) {
    const isShape = error.message.includes('size mismatch for');
    return isShape ? <Rich id="transfer.lesson.shape" /> : null;
  }
  if (totals.loaded.keys === 0) return <Rich id="transfer.lesson.nothing" />;
  if (!program.freeze) return <Rich id="transfer.lesson.free" />;
  const moving = farthest(rows.filter(({ key, kind }) => kind === 'buffer' && isStatistic(key)));
  if (moving?.moved) {
    const features = steps?.features ?? 0;
    const values = { key: moving.key, moved: formatTable(moving.moved), features: formatTable(features) };
    return <Rich id="transfer.lesson.moving" values={values} />;
  }
  return <Rich id={moving ? 'transfer.lesson.still' : 'transfer.lesson.plain'} />;
}

function isStatistic(key: string): boolean {
  return key.endsWith('running_mean') || key.endsWith('running_var');
}

function farthest(rows: readonly TransferRow[]): TransferRow | undefined {
  return [...rows].sort((a, b) => (b.moved ?? 0) - (a.moved ?? 0))[0];
}
