/** One match per cell: fresh, lit, burnt. */
import { memo } from 'react';
import type { KernelView } from '../../notebook/views';

import { type CellId, cellIds, doneCells } from '../cells/cell-ids';
import { useTranslation } from '../i18n/use-translation';
import { Match, type MatchState } from '../icons/Match';
import styles from './Outline.module.css';

export const Outline = memo(function Outline({
  current,
  counts = {},
  onGo,
}: {
  current: CellId;
  counts: KernelView['counts'] | undefined;
  onGo: (id: CellId) => void;
}) {
  const { t } = useTranslation();
  const done = doneCells(counts);
  const state = (id: CellId): MatchState => (id === current ? 'lit' : done.has(id) ? 'burnt' : 'fresh');
  return (
    <ol className={styles.matches}>
      {cellIds.map((id) => (
        <li key={id}>
          <button
            type="button"
            className={styles.cell}
            aria-current={id === current ? 'true' : undefined}
            onClick={() => onGo(id)}
          >
            <Match state={state(id)} />
            <span>{id === 'intro' ? t('intro.short') : t(`${id}.title`)}</span>
            <span className="sr">{t(`match.${state(id)}`)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
});
