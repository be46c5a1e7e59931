/** Every tensor of a file as a row, and the one that is chosen in full. Values are read once a row has been on the screen. */
import { useCallback, useMemo, useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { FileDescription } from '../../notebook/views/inspection';
import { useTranslation } from '../i18n/use-translation';
import { ColumnHead } from '../rows/cells';
import { Rows } from '../rows/Rows';
import type { RowWindow } from '../rows/use-row-window';
import { KeyCells } from './KeyCells';
import { KeyDetail } from './KeyDetail';
import styles from './Keys.module.css';
import { ReadingLine } from './ReadingLine';
import { useStatistics } from './use-statistics';

export function KeyRows({
  file,
  description,
  shown: some,
}: {
  file: ShelfFile;
  description: FileDescription;
  /** Indices of the tensors to show; all where it is left out. */
  shown?: readonly number[];
}) {
  const { t } = useTranslation();
  const { tensors, storages } = description;
  const all = useMemo(() => tensors.map((_, i) => i), [tensors]);
  const shown = some ?? all;
  const statistics = useStatistics(file);
  const [selected, setSelected] = useState<number | null>(null);
  const { look } = statistics;
  const onWindow = useCallback(
    ({ first, last }: RowWindow) => look(shown.slice(first, last).filter((i) => !tensors[i]?.fault)),
    [look, shown, tensors],
  );
  return (
    <>
      <Rows
        label={t('inspect.keys.title')}
        className={styles.keys}
        count={shown.length}
        onWindow={onWindow}
        onActivate={(row) => setSelected((old) => (old === shown[row] ? null : (shown[row] ?? null)))}
        head={<Head />}
        row={(row) => {
          const index = shown[row] as number;
          const tensor = tensors[index] as (typeof tensors)[number];
          return {
            key: index,
            selected: index === selected,
            className: index === selected ? styles.selected : undefined,
            content: (
              <KeyCells
                tensor={tensor}
                storage={storages[tensor.storage]}
                statistics={statistics.of(index)}
              />
            ),
          };
        }}
      />
      <ReadingLine reading={statistics.reading} />
      {selected !== null && tensors[selected] && (
        <KeyDetail
          file={file}
          index={selected}
          tensor={tensors[selected]}
          description={description}
          statistics={statistics.of(selected)}
        />
      )}
    </>
  );
}

function Head() {
  const { t } = useTranslation();
  const names = ['key', 'shape', 'dtype', 'values', 'mean', 'std', 'range'] as const;
  return names.map((name) => (
    <ColumnHead key={name} className={styles[name]}>
      {t(`inspect.keys.${name}`)}
    </ColumnHead>
  ));
}
