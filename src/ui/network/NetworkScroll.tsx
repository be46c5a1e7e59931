/** The columns in their frame; when they are wider than the cell the frame scrolls, the page does not. */
import { useRef } from 'react';
import fig from '../charts/figure.module.css';
import type { Extent } from '../charts/scale';
import { useTranslation } from '../i18n/use-translation';
import { NetworkColumns } from './NetworkColumns';
import styles from './NetworkScroll.module.css';
import { layoutNetwork } from './network-layout';
import type { FigureModel } from './network-model';
import { RowStepper } from './RowStepper';

export interface NetworkScrollProps {
  readonly model: FigureModel;
  readonly extents: Readonly<Record<string, Extent>>;
  readonly width: number;
  readonly rem: number;
  readonly title: string;
  readonly summaryId: string;
  readonly onRow: (row: number) => void;
}

export function NetworkScroll({ model, extents, width, rem, title, summaryId, onRow }: NetworkScrollProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  const layout = layoutNetwork(model.columns, extents, width, rem);
  const input = layout.boxes[0]!;
  const move = (direction: 1 | -1) => frame.current?.scrollBy({ left: direction * width * 0.8 });
  return (
    <>
      {layout.scrolls && (
        <div className={styles.moves}>
          <span>{t('figure.network.layers', { count: model.columns.length - 1 })}</span>
          <button type="button" className={styles.move} onClick={() => move(-1)}>
            {t('figure.network.earlier')}
          </button>
          <button type="button" className={styles.move} onClick={() => move(1)}>
            {t('figure.network.later')}
          </button>
        </div>
      )}
      <section
        ref={frame}
        className={`${fig.scroll} ${styles.frame}`}
        // A frame that scrolls must take the keyboard, and then it needs a name.
        {...(layout.scrolls ? { tabIndex: 0, 'aria-label': title } : {})}
      >
        <div className={styles.stage} style={{ width: layout.width, height: layout.height }}>
          <NetworkColumns
            model={model}
            layout={layout}
            extents={extents}
            title={title}
            summaryId={summaryId}
          />
          {model.rows > 1 && (
            <div
              className={styles.stepper}
              style={{ left: input.x, width: input.width, top: input.y + input.height + 6 * layout.sx }}
            >
              <RowStepper row={model.row} rows={model.rows} onRow={onRow} direction="column" />
            </div>
          )}
        </div>
      </section>
    </>
  );
}
