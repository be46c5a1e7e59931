/** The records of the archive: what lies where, how it is stored, and whether its checksum is right. */

import { useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { FileDescription, RecordEntry, RecordsView } from '../../notebook/views/inspection';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { Cell, ColumnHead, RowHead } from '../rows/cells';
import { Rows } from '../rows/Rows';
import styles from './Archive.module.css';
import { ArchiveBar } from './ArchiveBar';
import { Faults } from './Faults';
import { ReadingLine } from './ReadingLine';
import { Section } from './Section';
import section from './Section.module.css';
import { useLongRead } from './use-long-read';

export function Archive({ file, description }: { file: ShelfFile; description: FileDescription }) {
  const { t } = useTranslation();
  const { inspect } = useNotebook((s) => s.actions);
  const [checked, setChecked] = useState<RecordsView | null>(null);
  const reading = useLongRead();
  const records = checked?.records ?? description.records;
  const { folder } = description;
  const check = async () => {
    setChecked(null);
    setChecked(await reading.run((watch) => inspect('records', { file: file.name }, watch)));
  };
  return (
    <Section
      id="archive"
      title={t('inspect.archive.title')}
      actions={
        <span className={section.aside}>
          {folder !== null && `${folder}/ · `}
          {t('inspect.archive.records', { count: records.length })}
        </span>
      }
    >
      <ArchiveBar size={description.size} records={records} folder={folder} />
      <Rows
        label={t('inspect.archive.title')}
        className={styles.records}
        count={records.length}
        head={(['record', 'bytes', 'offset', 'method', 'crc'] as const).map((name) => (
          <ColumnHead key={name} className={styles[name]}>
            {name === 'crc' ? 'crc32' : t(`inspect.archive.${name}`)}
          </ColumnHead>
        ))}
        row={(index) => {
          const record = records[index] as RecordEntry;
          return { key: index, content: <RecordCells record={record} folder={folder} /> };
        }}
      />
      <div className={styles.check}>
        <Button disabled={reading.busy} onClick={() => void check()}>
          {t('inspect.archive.check')}
        </Button>
        <p role="status">
          {checked?.faults.length === 0 && t('inspect.archive.sound', { count: records.length })}
          {checked === null && !reading.busy && t('inspect.archive.unchecked')}
        </p>
        <ReadingLine reading={reading} />
      </div>
      {checked && <Faults faults={checked.faults} />}
    </Section>
  );
}

function RecordCells({ record, folder }: { record: RecordEntry; folder: string | null }) {
  const { t } = useTranslation();
  const { name, size, compressed, method, crc, dataOffset } = record;
  const prefix = folder === null ? 0 : folder.length + 1;
  return (
    <>
      <RowHead code className={styles.record}>
        {name.slice(prefix)}
      </RowHead>
      <Cell code className={styles.bytes}>
        {size}
      </Cell>
      <Cell code className={styles.offset}>
        {dataOffset ?? '–'}
      </Cell>
      <Cell className={styles.method}>
        {method === 'deflated'
          ? t('inspect.archive.deflated', { bytes: compressed })
          : t(`inspect.archive.${method}`)}
      </Cell>
      <Cell code className={styles.crc}>
        {crc === null ? '–' : crc.toString(16).padStart(8, '0')}
      </Cell>
    </>
  );
}
