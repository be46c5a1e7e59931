/** The numbers of a figure as a real table, folded away under it. */
import { useState } from 'react';
import { Fold } from '../controls/Fold';
import { alignOnPoint } from './align-on-point';
import styles from './FigureTable.module.css';

export interface FigureTableProps {
  /** On the fold: what the table holds. */
  readonly summary: string;
  readonly caption: string;
  /** The first heads the row names. */
  readonly head: readonly string[];
  /** Only called while the table is open. The first entry of each row names it. */
  readonly rows: () => readonly (readonly string[])[];
}

export function FigureTable({ summary, caption, head, rows }: FigureTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <Fold summary={summary} onToggle={setOpen}>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        <section className={styles.frame} aria-label={caption} tabIndex={0}>
          <table className={styles.table}>
            <caption className={styles.caption}>{caption}</caption>
            <thead>
              <tr>
                {head.map((text, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <th key={column} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {alignOnPoint(rows()).map(([name, ...cells]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {cells.map((text, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                    <td key={column}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Fold>
  );
}
