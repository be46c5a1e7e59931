/** One opcode in a row: where it is, its name as a tag, its argument, what it does. */

import { memo } from 'react';
import type { OpcodeRow, PickleDescription } from '../../notebook/views/inspection';
import { Dotted } from '../i18n/Dotted';
import { Rich } from '../i18n/Rich';
import { Cell } from '../rows/cells';
import styles from './OpcodeList.module.css';
import { opcodeWords } from './opcode-words';

export const OpcodeCells = memo(function OpcodeCells({
  opcode,
  level,
  refused,
  pickle,
}: {
  opcode: OpcodeRow;
  level: number;
  refused: boolean;
  pickle: PickleDescription;
}) {
  const words = opcodeWords(opcode, refused, pickle);
  return (
    <>
      <Cell code className={styles.position}>
        {opcode.position}
      </Cell>
      <Cell className={styles.opcode} style={{ paddingInlineStart: `${(level - 1) * 0.5}rem` }}>
        <code className={styles.tag} data-weight={refused ? 'refused' : opcode.weight}>
          {opcode.name}
        </code>
      </Cell>
      <Cell code className={styles.argument}>
        {opcode.argument !== null && <Dotted text={opcode.argument} />}
      </Cell>
      <Cell className={styles.words}>
        {words && <Rich id={`inspect.mark.${words.id}`} values={words.params} />}
      </Cell>
    </>
  );
});
