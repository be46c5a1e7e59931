/** One tensor in full: its values as a larger histogram, every number with all its digits, the first values, a csv. */

import type { ShelfFile } from '../../notebook/views';
import type {
  FileDescription,
  StatisticsView,
  TensorEntry,
  UnreadView,
} from '../../notebook/views/inspection';
import { formatFull, formatShape, MINUS } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import { bytesText } from '../shelf/bytes-text';
import { Exports } from './Exports';
import { Histogram } from './Histogram';
import styles from './KeyDetail.module.css';
import { formatStat } from './stat-format';
import { tensorBytes } from './tensor-bytes';

export function KeyDetail({
  file,
  index,
  tensor,
  description,
  statistics,
}: {
  file: ShelfFile;
  index: number;
  tensor: TensorEntry;
  description: FileDescription;
  statistics: StatisticsView | UnreadView | undefined;
}) {
  const { t } = useTranslation();
  const found = statistics && 'count' in statistics ? statistics : null;
  const problem = statistics && !found ? (statistics as UnreadView).problem : null;
  return (
    <section className={styles.detail} aria-label={tensor.name}>
      <h3>
        <code>{tensor.name}</code>
      </h3>
      <p className={styles.layout}>
        <code>
          {formatShape(tensor.shape)} {tensor.dtype}
        </code>{' '}
        · {bytesText(tensorBytes(tensor))} ·{' '}
        <Storage tensor={tensor} index={index} description={description} />
      </p>
      {problem && <p className={styles.problem}>{problem}</p>}
      {found && (
        <div className={styles.found}>
          {found.histogram.length > 0 && (
            <figure className={styles.figure} aria-label={t('inspect.keys.values')}>
              <Histogram counts={found.histogram} large />
              <figcaption className={styles.ends}>
                <code>{formatStat(found.min)}</code>
                <code>{formatStat(found.max)}</code>
              </figcaption>
            </figure>
          )}
          <dl className={styles.numbers}>
            {(['count', 'min', 'max', 'mean', 'std', 'zeros', 'nan', 'infinite'] as const)
              .filter((name) => !Number.isNaN(found[name]))
              .map((name) => (
                <div key={name}>
                  <dt>{t(`inspect.detail.${name}`)}</dt>
                  <dd>
                    <code>{shownNumber(name, found[name], tensor.dtype)}</code>
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      )}
      {found && found.first.length > 0 && (
        <p className={styles.first}>
          <span>{t('inspect.detail.first')}</span>{' '}
          <code>
            {found.first.join(', ')}
            {found.first.length < found.count && ', …'}
          </code>
        </p>
      )}
      {!problem && !tensor.fault && <Exports file={file} tensor={index} />}
    </section>
  );
}

/** A value of the tensor with all its digits; what was computed in double precision with as many as mean something. */
function shownNumber(name: string, value: number, dtype: string): string {
  if (name === 'mean' || name === 'std') return formatFull(Number(value.toPrecision(7)));
  const isOne = (name === 'min' || name === 'max') && dtype !== 'float64';
  return isOne ? formatFull(value) : String(value).replace('-', MINUS);
}

/** Where its bytes are, and who else has them. */
function Storage({
  tensor,
  index,
  description: { tensors, storages },
}: {
  tensor: TensorEntry;
  index: number;
  description: FileDescription;
}) {
  const { t } = useTranslation();
  const storage = storages[tensor.storage];
  if (!storage) return t('inspect.detail.noStorage');
  const other = tensors.find((one, i) => i !== index && one.storage === tensor.storage);
  const text = t('inspect.detail.storage', { key: storage.key, location: storage.location });
  return other ? `${text}${t('inspect.detail.shared', { other: other.name })}` : text;
}
