/** One match per cell: fresh, lit, burnt. */
import { useTranslation } from 'react-i18next';
import { type CellId, cellIds } from '../cells/cell-ids';
import { Match, type MatchState } from '../icons/Match';
import styles from './Outline.module.css';

export function Outline({
  current,
  done,
  onGo,
}: {
  current: CellId;
  done: ReadonlySet<CellId>;
  onGo: (id: CellId) => void;
}) {
  const { t } = useTranslation();
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
}
