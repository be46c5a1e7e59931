/** Each key of the file and of the new network: what became of it, whether it is trained, and how far it moved. */
import type { TransferRow } from '../../notebook/views/transfer';
import { formatShape, formatTable } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import styles from './TransferKeys.module.css';

/** Rows drawn; a file may have thousands of keys. */
const DRAWN = 200;

export function TransferKeys({ rows, steps }: { rows: readonly TransferRow[]; steps: number | null }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('keys.title')}>
      <table className={styles.keys}>
        <thead>
          <tr>
            <th scope="col">{t('keys.key')}</th>
            {steps !== null && (
              <th scope="col" className={styles.number}>
                {t('transfer.moved', { count: steps })}
              </th>
            )}
            <th scope="col">{t('keys.state')}</th>
            {steps !== null && <th scope="col">{t('transfer.trained')}</th>}
            <th scope="col">{t('transfer.shape')}</th>
            <th scope="col" className={styles.number}>
              {t('transfer.numbers')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, DRAWN).map((row) => (
            <Row key={`${row.state} ${row.key}`} row={row} stepped={steps !== null} />
          ))}
        </tbody>
      </table>
      {rows.length > DRAWN && <p>{t('keys.more', { count: rows.length - DRAWN })}</p>}
    </section>
  );
}

function Row({ row, stepped }: { row: TransferRow; stepped: boolean }) {
  const { t } = useTranslation();
  const { key, state, count, kind, moved } = row;
  // Loaded, out of reach of the optimizer, and moving all the same.
  const silent = state === 'loaded' && kind === 'buffer' && (moved ?? 0) > 0;
  return (
    <tr className={`${styles[state]} ${silent ? styles.silent : ''}`}>
      <th scope="row">
        <code>{key}</code>
      </th>
      {stepped && (
        <td className={`${styles.number} ${styles.moved}`}>{moved !== null && movedText(key, moved)}</td>
      )}
      <td className={styles.state}>{t(`transfer.state.${state}`)}</td>
      {stepped && <td>{kind !== 'none' && t(`transfer.kind.${kind}`)}</td>}
      <td>
        <code>{shapesText(row)}</code>
      </td>
      <td className={styles.number}>{count}</td>
    </tr>
  );
}

/** One shape, or the file's and the model's where they differ. */
function shapesText({ state, file, model }: TransferRow): string {
  if (state === 'skipped' && file && model) return `${formatShape(file)} → ${formatShape(model)}`;
  const shape = model ?? file;
  return shape ? formatShape(shape) : '';
}

/** A counter counts; everything else is measured. */
function movedText(key: string, moved: number): string {
  return key.endsWith('num_batches_tracked') || moved === 0 ? String(moved) : formatTable(moved);
}
