/** Rows are files, columns are programs; arrow keys walk the cells, Enter or a click takes a case up. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { type LoadProgram, programKey } from '../../notebook/load-program';
import type { Column } from '../../notebook/load-table';
import type { ShelfFile } from '../../notebook/views';
import { caseOf, type LoadCases } from '../../store/load-cases';
import { useTranslation } from '../i18n/use-translation';
import { FileIcon } from '../icons/FileIcon';
import { Outcome } from '../icons/Outcome';
import { Breakable } from './Breakable';
import { CaseCell } from './CaseCell';
import styles from './CaseTable.module.css';
import { useColumnWords } from './column-words';

export function CaseTable({
  files,
  columns,
  cases,
  selected,
  onSelect,
}: {
  files: readonly ShelfFile[];
  columns: readonly Column[];
  cases: LoadCases;
  selected: LoadProgram;
  onSelect: (program: LoadProgram) => void;
}) {
  const { t } = useTranslation();
  const words = useColumnWords();
  const table = useRef<HTMLTableElement>(null);
  const chosen = programKey(selected);
  const columnCount = columns.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a program of one's own gets a column at the far end
  useEffect(() => showChosen(table.current), [chosen, columnCount]);
  const isChosen = (file: ShelfFile, column: Column) => programKey(column.programFor(file)) === chosen;
  const inTable = files.some((file) => columns.some((column) => isChosen(file, column)));
  return (
    <>
      <div className={styles.scroll}>
        <table ref={table} className={styles.table} onKeyDown={(event) => walk(event, table.current)}>
          <caption className="sr">{t('cases.caption')}</caption>
          <thead>
            <tr>
              <td />
              {columns.map((column) => {
                const { name, code } = words(column);
                return (
                  <th key={column.key} scope="col">
                    {name}
                    <code className={styles.code}>
                      <Breakable as="name" text={code} />
                    </code>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {files.map((file, row) => (
              <tr key={file.name}>
                <th scope="row">
                  <span className={styles.file}>
                    <FileIcon kind={file.kind} />
                    <code>
                      <Breakable as="name" text={file.name} />
                    </code>
                  </span>
                </th>
                {columns.map((column, at) => {
                  const program = column.programFor(file);
                  const here = isChosen(file, column);
                  const first = !inTable && row === 0 && at === 0;
                  return (
                    <td key={column.key}>
                      <CaseCell
                        one={caseOf(cases, program)}
                        name={`${file.name}, ${words(column).name}`}
                        selected={here}
                        reachable={here || first}
                        onSelect={() => onSelect(program)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Legend />
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <p className={styles.legend}>
      {(['works', 'error', 'silent', 'refused'] as const).map((outcome) => (
        <span key={outcome}>
          <Outcome outcome={outcome} />
          {t(`cases.legend.${outcome}`)}
        </span>
      ))}
    </p>
  );
}

/** Sideways only: the page stays where it is. */
function showChosen(table: HTMLTableElement | null): void {
  const cell = table?.querySelector('[aria-pressed="true"]');
  const box = table?.parentElement;
  if (!cell || !box) return;
  const beyond = cell.getBoundingClientRect().right - box.getBoundingClientRect().right;
  if (beyond > 0) box.scrollLeft += beyond + 4;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** One tab stop for the whole table: the arrows go from cell to cell. */
function walk(event: KeyboardEvent, table: HTMLTableElement | null): void {
  const step = steps[event.key];
  if (!step || !table) return;
  const grid = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('button')]);
  const active = document.activeElement as HTMLButtonElement;
  const row = grid.findIndex((buttons) => buttons.includes(active));
  const at = grid[row]?.indexOf(active) ?? -1;
  const next = grid[row + step[0]]?.[at + step[1]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
