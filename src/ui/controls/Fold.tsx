/** What is folded away under a line until it is asked for. */
import type { ReactNode } from 'react';
import styles from './Fold.module.css';

export function Fold({
  summary,
  onToggle,
  children,
}: {
  summary: ReactNode;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details className={styles.fold} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary className={styles.summary}>{summary}</summary>
      {children}
    </details>
  );
}
