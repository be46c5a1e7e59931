/** One key of both files in a row: how each holds it, and how far apart its values are. */

import { memo } from 'react';
import type { ComparedRow, DifferenceView } from '../../notebook/views/comparison';
import type { TensorEntry, UnreadView } from '../../notebook/views/inspection';
import { formatFull, formatShape } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import { Cell, RowHead } from '../rows/cells';
import styles from './Comparison.module.css';
import { formatStat } from './stat-format';

export const ComparedCells = memo(function ComparedCells({
  row,
  left,
  right,
  difference,
}: {
  row: ComparedRow;
  left: TensorEntry | undefined;
  right: TensorEntry | undefined;
  difference: DifferenceView | UnreadView | undefined;
}) {
  const { t } = useTranslation();
  const found = difference && 'count' in difference ? difference : null;
  const { different = 0, count = 0, largest = 0, mean = 0 } = found ?? {};
  return (
    <>
      <RowHead code className={styles.key}>
        {row.name}
      </RowHead>
      <Layout tensor={left} value={found && count === 1 ? found.leftValue : null} className={styles.here} />
      <Layout
        tensor={right}
        value={found && count === 1 ? found.rightValue : null}
        className={styles.there}
      />
      <Cell className={styles.changed}>
        {row.state === 'same'
          ? found &&
            (different === 0
              ? t('inspect.compare.equal')
              : t('inspect.compare.elements', { different, count }))
          : t(`inspect.compare.state.${row.state}`)}
        {difference && !found && t('inspect.keys.unread')}
      </Cell>
      <Cell code className={styles.largest}>
        {different > 0 && formatStat(largest)}
      </Cell>
      <Cell code className={styles.mean}>
        {different > 0 && formatStat(mean)}
      </Cell>
    </>
  );
});

/** Shape and dtype; the value itself where there is only one and it differs. */
function Layout({
  tensor,
  value,
  className = '',
}: {
  tensor: TensorEntry | undefined;
  value: number | null;
  className: string | undefined;
}) {
  return (
    <Cell className={className}>
      {tensor && (
        <>
          <code>
            {formatShape(tensor.shape)} {tensor.dtype}
          </code>
          {value !== null && <b> = {formatFull(value)}</b>}
        </>
      )}
    </Cell>
  );
}
