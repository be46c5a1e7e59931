/** Two means on one scale: what went into Dropout and what came out. */

import { formatTable } from '../charts/number-format';
import { extentOf, linear } from '../charts/scale';
import { useKeptExtents } from '../charts/use-kept-extents';
import { useTranslation } from '../i18n/use-translation';
import styles from './MeanBars.module.css';

export function MeanBars({ layerId, meanIn, meanOut }: { layerId: string; meanIn: number; meanOut: number }) {
  const { t } = useTranslation();
  const { mean } = useKeptExtents(layerId, { mean: extentOf([meanIn, meanOut]) });
  return (
    <dl className={styles.bars}>
      <dt>{t('figure.dropout.in')}</dt>
      <dd>
        <Bar value={meanIn} lo={mean!.lo} hi={mean!.hi} fill="var(--ink-3)" />
        {formatTable(meanIn)}
      </dd>
      <dt>{t('figure.dropout.out')}</dt>
      <dd>
        <Bar value={meanOut} lo={mean!.lo} hi={mean!.hi} fill="var(--mode)" />
        {formatTable(meanOut)}
      </dd>
    </dl>
  );
}

function Bar({ value, lo, hi, fill }: { value: number; lo: number; hi: number; fill: string }) {
  const x = linear(lo, hi, 0, 100);
  const end = Number.isFinite(value) ? x(value) : x(0);
  return (
    <svg className={styles.bar} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <rect x={Math.min(x(0), end)} y={0} width={Math.abs(end - x(0))} height={16} fill={fill} />
      <line x1={x(0)} x2={x(0)} y1={0} y2={16} className={styles.axis} />
    </svg>
  );
}
