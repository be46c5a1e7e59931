// biome-ignore-all lint/a11y: the roles of a grid, which has one stop of Tab and takes the keys for its rows
/**
 * A list that may be ten thousand rows long: short ones stand in full, of long ones only what is on the screen is drawn.
 * One stop for Tab; the arrow keys move through it, and a screen reader is told the row and how many there are.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import styles from './Rows.module.css';
import { type RowWindow, useRowWindow } from './use-row-window';

/** Up to here every row is drawn, as high as its text. */
const WHOLE = 120;

export interface Row {
  readonly key: string | number;
  readonly content: ReactNode;
  readonly className?: string | undefined;
  readonly selected?: boolean;
  /** Of a tree: 1 is outermost. */
  readonly level?: number;
  /** Absent where there is nothing to unfold. */
  readonly expanded?: boolean | undefined;
}

export interface RowsProps {
  readonly label: string;
  readonly count: number;
  readonly tree?: boolean;
  /** Sets the columns, and the height of a row as `--row`. */
  readonly className: string | undefined;
  readonly head?: ReactNode;
  readonly row: (index: number) => Row;
  readonly onActivate?: (index: number) => void;
  readonly onExpand?: (index: number, expanded: boolean) => void;
  /** Rows that are drawn now: what they need may be asked for. */
  readonly onWindow?: (window: RowWindow) => void;
  /** A row to bring into view and to stand on. */
  readonly goTo?: { readonly index: number } | null;
}

export function Rows(props: RowsProps) {
  const { label, count, tree = false, className = '', head, onWindow, goTo } = props;
  const id = useId();
  const [wanted, setActive] = useState(0);
  const { scroller, probe, height, window: onScreen, reveal } = useRowWindow(count);
  const whole = count <= WHOLE;
  const { first, last } = whole ? { first: 0, last: count } : onScreen;
  const active = Math.min(wanted, Math.max(0, count - 1));
  const rowId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    onWindow?.({ first, last });
  }, [onWindow, first, last]);

  const stand = (index: number) => {
    const to = Math.max(0, Math.min(count - 1, index));
    setActive(to);
    if (whole) document.getElementById(rowId(to))?.scrollIntoView({ block: 'nearest' });
    else reveal(to);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each `goTo` is one journey
  useEffect(() => {
    if (goTo) stand(goTo.index);
  }, [goTo]);

  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (height || 1)) - 1);
  const press = (event: KeyboardEvent) => {
    const run = keyAction(event.key, { ...props, active, page, stand });
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run();
  };
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    <div
      ref={scroller}
      className={`${styles.rows} ${whole ? '' : styles.long} ${className}`}
      role={tree ? 'treegrid' : 'grid'}
      aria-label={label}
      aria-rowcount={count + (head ? 1 : 0)}
      aria-activedescendant={active >= first && active < last ? rowId(active) : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div ref={probe} className={styles.probe} role="presentation" />
      {head && (
        <div role="row" aria-rowindex={1} className={styles.head} data-head>
          {head}
        </div>
      )}
      <div
        role="rowgroup"
        className={whole ? undefined : styles.windowed}
        style={whole ? undefined : { height: count * height }}
      >
        {drawn.map((index) => {
          const { key, content, className: own = '', selected, level, expanded } = props.row(index);
          return (
            <div
              key={key}
              id={rowId(index)}
              role="row"
              aria-rowindex={index + (head ? 2 : 1)}
              aria-selected={selected}
              aria-level={level}
              aria-expanded={expanded}
              data-active={index === active || undefined}
              className={`${styles.row} ${own}`}
              style={whole ? undefined : { top: index * height }}
              onClick={() => {
                setActive(index);
                activate(index, expanded, props);
              }}
            >
              {content}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function activate(index: number, expanded: boolean | undefined, { onActivate, onExpand }: RowsProps): void {
  if (expanded !== undefined && onExpand) onExpand(index, !expanded);
  onActivate?.(index);
}

interface Standing extends RowsProps {
  readonly active: number;
  page(): number;
  stand(index: number): void;
}

function keyAction(key: string, at: Standing): (() => void) | null {
  const { active, count, page, stand, onExpand } = at;
  if (count === 0) return null;
  const expanded = () => at.row(active).expanded;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => stand(active + 1),
    ArrowUp: () => stand(active - 1),
    PageDown: () => stand(active + page()),
    PageUp: () => stand(active - page()),
    Home: () => stand(0),
    End: () => stand(count - 1),
    Enter: () => activate(active, expanded(), at),
    ' ': () => activate(active, expanded(), at),
    ...(onExpand && {
      ArrowRight: () => {
        if (expanded() === false) onExpand(active, true);
      },
      ArrowLeft: () => {
        if (expanded()) onExpand(active, false);
      },
    }),
  };
  return moves[key] ?? null;
}
