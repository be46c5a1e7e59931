/** The network on a phone: a strip of vertical bars per layer, wires as ticks between them. */
import { useId } from 'react';
import fig from '../charts/figure.module.css';
import { HatchPattern } from '../charts/HatchPattern';
import { formatShape, formatTable, formatUnit } from '../charts/number-format';
import type { Extent } from '../charts/scale';
import { useTranslation } from '../i18n/use-translation';
import { LayerStrip } from './LayerStrip';
import styles from './NetworkStrips.module.css';
import type { FigureModel } from './network-model';
import { RowStepper } from './RowStepper';
import { layoutStrips } from './strip-layout';

export interface NetworkStripsProps {
  readonly model: FigureModel;
  readonly extents: Readonly<Record<string, Extent>>;
  readonly width: number;
  readonly rem: number;
  readonly title: string;
  readonly summaryId: string;
  readonly onRow: (row: number) => void;
}

export function NetworkStrips({ model, extents, width, rem, title, summaryId, onRow }: NetworkStripsProps) {
  const { t } = useTranslation();
  const hatchId = useId();
  const [input, ...layers] = model.columns;
  // A wide input is a strip like any other; a point in the plane is two numbers on the head line.
  const inputAsStrip = input!.units > 4;
  const strips = inputAsStrip ? model.columns : layers;
  const layout = layoutStrips(strips, extents, width, rem, 0);
  return (
    <>
      <div className={styles.head}>
        <b>x</b>
        <span className={styles.input}>
          {inputAsStrip ? '' : [...(input!.values ?? [])].map(formatUnit).join(', ')}
        </span>
        <RowStepper row={model.row} rows={model.rows} onRow={onRow} direction="row" />
        <span className={styles.shape}>{formatShape(input!.shape)}</span>
      </div>
      <svg
        className={fig.svg}
        width={width}
        height={layout.height}
        role="img"
        aria-label={title}
        aria-describedby={summaryId}
      >
        <defs>
          <HatchPattern id={hatchId} pitch={(6 * rem) / 16} />
        </defs>
        {strips.map((column, i) => (
          <LayerStrip
            key={column.id}
            column={column}
            next={strips[i + 1] ?? null}
            strip={layout.strips[i]!}
            unitPx={layout.unitPx}
            width={width}
            rem={rem}
            mode={model.mode}
            isFirstLayer={column === layers[0]}
            hatch={`url(#${hatchId})`}
          />
        ))}
      </svg>
      {model.probability && (
        <p className={styles.answer} data-sensitive={strips[strips.length - 1]?.sensitive}>
          {t('figure.network.probability', { label: model.probability.label })}
          <b>{formatTable(model.probability.value)}</b>
        </p>
      )}
    </>
  );
}
