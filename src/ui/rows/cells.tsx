// biome-ignore-all lint/a11y: the roles of a grid's cells, which take no focus of their own, for the grid has it
/**
 * What stands in a row of `Rows`. Not `td` and `th`: rows of a long list lie where they belong by position, which a table's
 * layout would undo.
 */
import type { CSSProperties, ReactNode } from 'react';
import styles from './Rows.module.css';

interface CellProps {
  readonly className?: string | undefined;
  /** A name, a number, a shape. */
  readonly code?: boolean;
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
}

const classes = ({ className = '', code }: CellProps) => `${className} ${code ? styles.code : ''}`;

export function Cell(props: CellProps) {
  return (
    <span role="gridcell" className={classes(props)} style={props.style}>
      {props.children}
    </span>
  );
}

/** Names its row. */
export function RowHead(props: CellProps) {
  return (
    <span role="rowheader" className={classes(props)} style={props.style}>
      {props.children}
    </span>
  );
}

export function ColumnHead(props: CellProps) {
  return (
    <span role="columnheader" className={classes(props)}>
      {props.children}
    </span>
  );
}
