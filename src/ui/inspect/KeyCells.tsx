/** One tensor in a row. */

import { memo } from 'react';
import type { StatisticsView, StorageEntry, TensorEntry, UnreadView } from '../../notebook/views/inspection';
import { formatShape } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import { Cell, RowHead } from '../rows/cells';
import { bytesText } from '../shelf/bytes-text';
import { Histogram } from './Histogram';
import styles from './Keys.module.css';
import { formatStat } from './stat-format';
import { tensorBytes } from './tensor-bytes';

export const KeyCells = memo(function KeyCells({
  tensor,
  storage,
  statistics,
}: {
  tensor: TensorEntry;
  storage: StorageEntry | undefined;
  statistics: StatisticsView | UnreadView | undefined;
}) {
  const { t } = useTranslation();
  const found = statistics && 'count' in statistics ? statistics : null;
  const unread = tensor.fault !== null || (statistics && !found);
  const one = tensor.numel === 1;
  return (
    <>
      <RowHead className={styles.key}>
        <code>{tensor.name}</code>
        <small>
          {tensor.role !== 'tensor' && <>{t(`inspect.role.${tensor.role}`)} · </>}
          {bytesText(tensorBytes(tensor))}
          {storage && storage.location !== 'cpu' && <> · {storage.location}</>}
        </small>
      </RowHead>
      <Cell code className={styles.shape}>
        {formatShape(tensor.shape)}
      </Cell>
      <Cell code className={styles.dtype}>
        {tensor.dtype}
      </Cell>
      <Cell className={styles.values}>
        {unread && <span className={styles.bad}>{t('inspect.keys.unread')}</span>}
        {found && <Values found={found} />}
      </Cell>
      {(['mean', 'std'] as const).map((name) => (
        <Cell code key={name} className={styles[name]}>
          {found && !one && !Number.isNaN(found[name]) && formatStat(found[name])}
        </Cell>
      ))}
      <Cell code className={styles.range}>
        {found && !one && !Number.isNaN(found.min) && `${formatStat(found.min)} … ${formatStat(found.max)}`}
      </Cell>
    </>
  );
});

/** A histogram, or the value itself where there is only one; what is no number is told first. */
function Values({ found }: { found: StatisticsView }) {
  const { t } = useTranslation();
  const { count, nan, infinite, histogram, first } = found;
  if (nan + infinite > 0)
    return <b className={styles.bad}>{t('inspect.keys.notFinite', { nan, infinite })}</b>;
  if (count === 1) return <code className={styles.single}>{first[0]}</code>;
  if (count > 1 && histogram.length === 0)
    return <span className={styles.single}>{t('inspect.keys.constant', { value: first[0] })}</span>;
  return histogram.length > 0 && <Histogram counts={histogram} />;
}
