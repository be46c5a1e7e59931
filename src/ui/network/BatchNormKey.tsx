/** The two books by their marks, the one in use in its colour. */

import type { Mode } from '../../notebook/statements';
import { useTranslation } from '../i18n/use-translation';
import styles from './BatchNormKey.module.css';
import { Diamond, Dot } from './Marks';

export function BatchNormKey({ mode }: { mode: Mode }) {
  const { t } = useTranslation();
  return (
    <p className={styles.keys}>
      <span className={styles.key} data-used={mode === 'train' || undefined}>
        <svg viewBox="0 0 16 16" className={styles.mark} aria-hidden="true">
          <line x1={8} x2={8} y1={0} y2={16} stroke="var(--train)" strokeWidth={2.5} />
          <Dot x={8} y={8} radius={4.5} />
        </svg>
        <Words text={t('figure.batchNorm.keyBatch')} />
      </span>
      <span className={styles.key} data-used={mode === 'eval' || undefined}>
        <svg viewBox="0 0 16 16" className={styles.mark} aria-hidden="true">
          <line x1={8} x2={8} y1={0} y2={16} stroke="var(--eval)" strokeWidth={2.5} strokeDasharray="4 3" />
          <Diamond x={8} y={8} radius={4.5} />
        </svg>
        <Words text={t('figure.batchNorm.keyRunning')} />
      </span>
    </p>
  );
}

/** As wide in bold as it is in regular type, so that a flip moves nothing. */
function Words({ text }: { text: string }) {
  return (
    <span className={styles.words} data-text={text}>
      {text}
    </span>
  );
}
