/** The pickle opcode by opcode. What makes one value folds to a line; what is refused stands open. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { FoldsView, PickleDescription } from '../../notebook/views/inspection';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Rows } from '../rows/Rows';
import type { RowWindow } from '../rows/use-row-window';
import { FoldCells } from './FoldCells';
import { OpcodeCells } from './OpcodeCells';
import styles from './OpcodeList.module.css';
import { foldsAround, opcodeLines } from './opcode-lines';
import { isRefused } from './opcode-words';
import section from './Section.module.css';
import { useInspection } from './use-inspection';
import { useOpcodes } from './use-opcodes';

interface ListProps {
  readonly file: ShelfFile;
  /** Of the pickle in the file. */
  readonly index: number;
  readonly pickle: PickleDescription;
  readonly goTo: { readonly index: number } | null;
}

export function OpcodeList(props: ListProps) {
  const { t } = useTranslation();
  const { file, index } = props;
  const folding = useInspection('folds', { file: file.name, pickle: index }, file.version);
  if (!folding) return <p className={section.note}>{t('inspect.reading')}</p>;
  return <Folded {...props} folding={folding} />;
}

function Folded({ file, index, pickle, goTo, folding }: ListProps & { folding: FoldsView }) {
  const { t } = useTranslation();
  const { folds, memo } = folding;
  const [open, setOpen] = useState<ReadonlySet<number>>(
    () => new Set(folds.flatMap((fold, i) => (fold.open ? [i] : []))),
  );
  const [withMemo, setWithMemo] = useState(false);
  const opcodes = useOpcodes(file, index);
  const { lines, depths } = useMemo(
    () =>
      opcodeLines({
        count: pickle.opcodes,
        folds,
        isOpen: (fold) => open.has(fold),
        isHidden: (opcode) => !withMemo && memo[opcode] === 1,
      }),
    [pickle.opcodes, folds, memo, open, withMemo],
  );
  const { look } = opcodes;
  const onWindow = useCallback(
    ({ first, last }: RowWindow) => look([...lines.subarray(first, last)].filter((line) => line >= 0)),
    [look, lines],
  );
  const standAt = useStandAt(goTo, { folds, lines, setOpen });
  const all = open.size === folds.length;
  return (
    <div className={styles.list}>
      <div className={styles.tools}>
        {folds.length > 0 && (
          <Button look="quiet" onClick={() => setOpen(new Set(all ? [] : folds.keys()))}>
            {t(all ? 'inspect.opcodes.fold' : 'inspect.opcodes.unfold')}
          </Button>
        )}
        <Button look="quiet" aria-pressed={withMemo} onClick={() => setWithMemo(!withMemo)}>
          {t('inspect.opcodes.memo')}
        </Button>
      </div>
      <Rows
        label={t('inspect.opcodes.title')}
        tree
        className={styles.opcodes}
        count={lines.length}
        onWindow={onWindow}
        goTo={standAt}
        onExpand={(row, expanded) =>
          setOpen((old) => {
            const next = new Set(old);
            const fold = -1 - (lines[row] as number);
            if (expanded) next.add(fold);
            else next.delete(fold);
            return next;
          })
        }
        row={(row) => {
          const line = lines[row] as number;
          const level = (depths[row] as number) + 1;
          const fold = line < 0 ? folds[-1 - line] : undefined;
          if (fold) {
            const expanded = open.has(-1 - line);
            return {
              key: line,
              level,
              expanded,
              className: styles.fold,
              content: <FoldCells fold={fold} level={level} expanded={expanded} />,
            };
          }
          const opcode = opcodes.of(line);
          const bad = opcode !== undefined && isRefused(opcode);
          return {
            key: line,
            level,
            className: bad ? styles.bad : undefined,
            content: opcode && <OpcodeCells opcode={opcode} level={level} refused={bad} pickle={pickle} />,
          };
        }}
      />
    </div>
  );
}

/** Opens the folds around an opcode, then stands on its line. */
function useStandAt(
  goTo: ListProps['goTo'],
  {
    folds,
    lines,
    setOpen,
  }: {
    folds: FoldsView['folds'];
    lines: Int32Array;
    setOpen: (change: (old: ReadonlySet<number>) => ReadonlySet<number>) => void;
  },
): { readonly index: number } | null {
  const [standing, setStanding] = useState<{ readonly index: number } | null>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => {
    if (!goTo) return;
    setOpen((old) => new Set([...old, ...foldsAround(folds, goTo.index)]));
    setWanted(goTo.index);
  }, [goTo, folds, setOpen]);
  useEffect(() => {
    if (wanted === null) return;
    // A memo write that is left out has its value right before it.
    const index = lines.findLastIndex((line) => line >= 0 && line <= wanted);
    if (index < 0) return;
    setStanding({ index });
    setWanted(null);
  }, [wanted, lines]);
  return standing;
}
