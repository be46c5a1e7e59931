/** The file from its first byte to its last: the pickle, the storages, small records, and hatch for what no record holds. */
import { useId } from 'react';
import type { RecordEntry } from '../../notebook/views/inspection';
import fig from '../charts/figure.module.css';
import { HatchPattern } from '../charts/HatchPattern';
import { useFigureSize } from '../charts/use-figure-size';
import { useTranslation } from '../i18n/use-translation';

/** Records that are drawn one by one: more would be thinner than a pixel. */
const DRAWN = 2000;

export function ArchiveBar({
  size: bytes,
  records,
  folder,
}: {
  size: number;
  records: readonly RecordEntry[];
  folder: string | null;
}) {
  const { t } = useTranslation();
  const hatch = useId();
  const { probe, size } = useFigureSize();
  const placed = records.slice(0, DRAWN).filter(({ dataOffset }) => dataOffset !== null);
  const nameOf = ({ name }: RecordEntry) => name.slice(folder === null ? 0 : folder.length + 1);
  const pickle = placed.find((record) => nameOf(record) === 'data.pkl');
  const x = (at: number) => (at / bytes) * (size?.width ?? 0);
  return (
    <figure className={fig.figure} aria-label={t('inspect.archive.bar', { count: records.length })}>
      <div ref={probe} className={fig.probe} />
      {size && placed.length > 0 && (
        <svg className={fig.svg} width={size.width} height={3 * size.rem} aria-hidden="true">
          <HatchPattern id={hatch} />
          <rect width={size.width} height={1.6 * size.rem} fill={`url(#${hatch})`} />
          {placed.map((record) => (
            <rect
              key={record.headerOffset}
              x={x(record.dataOffset ?? 0)}
              width={Math.max(1.5, x(record.compressed))}
              height={1.6 * size.rem}
              fill={record === pickle ? 'var(--ink)' : 'var(--ink-3)'}
            />
          ))}
          {pickle && (
            <text x={x(pickle.dataOffset ?? 0)} y={2.6 * size.rem} className={`${fig.mono} ${fig.dim}`}>
              data.pkl {pickle.size}
            </text>
          )}
        </svg>
      )}
    </figure>
  );
}
