/** Two files side by side: one sentence on how they differ, then key by key. */

import { useCallback, useMemo, useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { ComparedRow, ComparisonView } from '../../notebook/views/comparison';
import type { FileDescription } from '../../notebook/views/inspection';
import { Button } from '../controls/Button';
import { Choice } from '../controls/Choice';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { ColumnHead } from '../rows/cells';
import { Rows } from '../rows/Rows';
import { ComparedCells } from './ComparedCells';
import styles from './Comparison.module.css';
import { comparisonWords, isDifferent } from './comparison-words';
import { Others } from './Others';
import { ReadingLine } from './ReadingLine';
import { Section } from './Section';
import section from './Section.module.css';
import { useDifferences } from './use-differences';
import { useInspection } from './use-inspection';
import verdict from './Verdict.module.css';

export function Comparison({ left, right }: { left: ShelfFile; right: ShelfFile }) {
  const { t } = useTranslation();
  const names = { left: left.name, right: right.name };
  const version = `${left.version} ${right.version}`;
  const found = useInspection('compare', names, version);
  const ours = useInspection('describe', { file: left.name }, left.version);
  const theirs = useInspection('describe', { file: right.name }, right.version);
  if (!found || !ours || !theirs) return <p className={section.note}>{t('inspect.reading')}</p>;
  return (
    <Compared
      {...names}
      key={version}
      version={version}
      found={found}
      leftFile={ours.description}
      rightFile={theirs.description}
    />
  );
}

interface ComparedProps {
  readonly left: string;
  readonly right: string;
  readonly version: string;
  readonly found: ComparisonView;
  readonly leftFile: FileDescription;
  readonly rightFile: FileDescription;
}

function Compared({ left, right, version, found, leftFile, rightFile }: ComparedProps) {
  const { t } = useTranslation();
  const [show, setShow] = useState<'differing' | 'all'>('differing');
  const { rows, others } = found;
  const differences = useDifferences({ left, right, version, rows });
  const shown = useMemo(
    () => (show === 'all' ? rows : rows.filter((row) => isDifferent(row, differences.of(row)) !== false)),
    [rows, show, differences],
  );
  const pending = rows.filter((row) => isDifferent(row, differences.of(row)) === null).length;
  const words = pending > 0 ? null : comparisonWords(found, rows.map(differences.of));
  const row = useCallback(
    (index: number) => {
      const one = shown[index] as ComparedRow;
      return {
        key: one.name,
        content: (
          <ComparedCells
            row={one}
            left={leftFile.tensors[one.left]}
            right={rightFile.tensors[one.right]}
            difference={differences.of(one)}
          />
        ),
      };
    },
    [shown, leftFile, rightFile, differences],
  );
  return (
    <>
      <section className={verdict.verdict} aria-busy={pending > 0}>
        <p className={styles.files}>
          <code>{left}</code> <span aria-hidden="true">↔</span> <code>{right}</code>
        </p>
        <h1 tabIndex={-1}>
          <span role="status">
            {words ? (
              <Rich id={`inspect.compare.${words.id}`} values={words.params} />
            ) : (
              t('inspect.compare.reading', { done: rows.length - pending, count: rows.length })
            )}
          </span>
        </h1>
        <ReadingLine reading={differences.reading} />
        {differences.reading.stopped && <Button onClick={differences.goOn}>{t('inspect.goOn')}</Button>}
      </section>
      <Section
        id="compare"
        title={t('inspect.compare.title')}
        actions={<span className={section.aside}>{`${shown.length} / ${rows.length}`}</span>}
      >
        <Choice
          legend={t('inspect.compare.show')}
          hideLegend
          options={[
            { value: 'differing', label: t('inspect.compare.differing') },
            { value: 'all', label: t('inspect.compare.all') },
          ]}
          value={show}
          onChange={setShow}
        />
        {shown.length > 0 && (
          <Rows
            label={t('inspect.compare.title')}
            className={styles.rows}
            count={shown.length}
            head={(['key', 'here', 'there', 'changed', 'largest', 'mean'] as const).map((name) => (
              <ColumnHead key={name} className={styles[name]}>
                {name === 'here' ? left : name === 'there' ? right : t(`inspect.compare.${name}`)}
              </ColumnHead>
            ))}
            row={row}
          />
        )}
      </Section>
      {others.length > 0 && <Others others={others} left={left} right={right} />}
    </>
  );
}
