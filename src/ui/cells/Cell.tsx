/** The frame of a lab cell: head (title, execution count, secondary, primary), body. */
import { createContext, type ReactNode, useContext, useId } from 'react';
import type { KernelView } from '../../notebook/views';
import { Boundary } from '../controls/Boundary';
import { useTranslation } from '../i18n/use-translation';
import styles from './Cell.module.css';
import { type CellId, elementId, executionCount } from './cell-ids';

/** The cell the learner is in: its match is lit. */
export const CurrentCell = createContext<CellId>('intro');

export function Cell({
  id,
  view,
  title,
  actions,
  stale = view.problem !== null,
  children,
}: {
  id: CellId;
  view: KernelView;
  title: string;
  actions?: ReactNode;
  /** Shows the last valid network while the edited one is none. */
  stale?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const heading = useId();
  const lit = useContext(CurrentCell) === id;
  const count = executionCount(id, view.counts);
  return (
    <section
      id={elementId(id)}
      className={`${styles.cell} ${styles.framed} ${lit ? styles.lit : ''}`}
      aria-labelledby={heading}
    >
      <header className={styles.head}>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        {stale && <span className={styles.stale}>{t('cell.stale')}</span>}
        <span className={styles.space} />
        {count !== null && (
          <span className={styles.count}>
            <span className="sr">{t('cell.count', { count })}</span>
            <span aria-hidden="true">[{count}]</span>
          </span>
        )}
        {actions}
      </header>
      <div className={styles.body}>
        <Boundary retry={view} instead={<p className={styles.note}>{t('cell.failed')}</p>}>
          {children}
        </Boundary>
      </div>
    </section>
  );
}
