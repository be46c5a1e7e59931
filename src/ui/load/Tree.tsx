/** Files of a project. Where they can be changed, each Python file is a button that opens it. */
import type { TreeRow } from '../../notebook/project-tree';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import styles from './Tree.module.css';

export function Tree({
  rows,
  selected = null,
  onSelect,
}: {
  rows: readonly TreeRow[];
  selected?: string | null;
  onSelect?: ((path: string) => void) | undefined;
}) {
  return (
    <ul className={styles.tree}>
      {rows.map((row) => {
        const indent = { paddingInlineStart: `${row.level * 1.25}rem` };
        const opens = onSelect && row.path.endsWith('.py') && !row.gone;
        return (
          <li key={row.path} style={indent}>
            {opens ? (
              <button
                type="button"
                className={styles.file}
                aria-pressed={row.path === selected}
                onClick={() => onSelect(row.path)}
              >
                <Row row={row} />
              </button>
            ) : (
              <Row row={row} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Row({ row: { name, holds, gone } }: { row: TreeRow }) {
  const { t } = useTranslation();
  return (
    <span className={`${styles.row} ${gone ? styles.gone : ''}`}>
      <Icon name={name.endsWith('/') ? 'folder' : 'page'} />
      {gone ? (
        <s>
          <code>{name}</code>
        </s>
      ) : (
        <code>{name}</code>
      )}
      {holds && <code className={styles.holds}>class {holds}</code>}
      {gone && !name.endsWith('/') && <b>{t('files.gone')}</b>}
    </span>
  );
}
