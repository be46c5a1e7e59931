/** A fold in a row: the key, and what its opcodes make together. */

import { memo } from 'react';
import type { FoldView } from '../../notebook/views/inspection';
import { Rich } from '../i18n/Rich';
import { Cell } from '../rows/cells';
import styles from './OpcodeList.module.css';

export const FoldCells = memo(function FoldCells({
  fold,
  level,
  expanded,
}: {
  fold: FoldView;
  level: number;
  expanded: boolean;
}) {
  const { key, words, start, end } = fold;
  return (
    <>
      <Cell className={styles.turn}>
        <span aria-hidden="true">{expanded ? '▾' : '▸'}</span>
      </Cell>
      <Cell className={styles.made} style={{ paddingInlineStart: `${(level - 1) * 0.5}rem` }}>
        {key !== null && (
          <>
            <code className={styles.name}>{key}</code>{' '}
          </>
        )}
        <Rich id={`inspect.fold.${words.id}`} values={words.params} />
      </Cell>
      <Cell className={styles.many}>
        <Rich id="inspect.fold.opcodes" values={{ count: end - start + 1 }} />
      </Cell>
    </>
  );
});
