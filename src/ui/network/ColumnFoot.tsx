/** The few words under a column: what this layer does with the mode. */

import type { Mode } from '../../notebook/statements';
import fig from '../charts/figure.module.css';
import { formatFixed } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';
import type { ColumnBox, NetworkLayout } from './network-layout';
import type { FigureColumn } from './network-model';

/** `null` where there is nothing to say. */
export function useFootText(): (column: FigureColumn, mode: Mode, isFirstLayer: boolean) => string | null {
  const { t } = useTranslation();
  return (column, mode, isFirstLayer) => {
    if (column.kind === 'BatchNorm1d') {
      return mode === 'train' ? t('figure.network.batchNormTrain') : t('figure.network.batchNormEval');
    }
    if (column.kind === 'Dropout' && column.heeds) {
      if (mode === 'eval') return t('figure.network.dropoutEval');
      // No factor at p = 1: PyTorch returns zeros.
      if (column.factor === null || !Number.isFinite(column.factor) || column.dropped?.every(Boolean)) {
        return column.dropped ? t('figure.network.dropoutAll') : null;
      }
      return t('figure.network.dropoutTrain', { factor: Number(formatFixed(column.factor, 2)) });
    }
    return isFirstLayer && !column.sensitive ? t('figure.network.sameInBoth') : null;
  };
}

export interface ColumnFootProps {
  readonly column: FigureColumn;
  readonly isFirstLayer: boolean;
  readonly box: ColumnBox;
  readonly layout: NetworkLayout;
  readonly mode: Mode;
}

export function ColumnFoot({ column, isFirstLayer, box, layout, mode }: ColumnFootProps) {
  const text = useFootText()(column, mode, isFirstLayer);
  if (text === null) return null;
  return (
    <text
      x={box.x + box.width / 2}
      y={box.y + box.height + 20 * layout.sx}
      className={`${fig.middle} ${column.heeds ? `${fig.bold} ${fig.inMode}` : fig.faint}`}
    >
      {text}
    </text>
  );
}
