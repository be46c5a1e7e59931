/** The tensors as another kind of file, and what became of them on the way. */
import { useState } from 'react';
import type { ExportFormat } from '../../notebook/kernel/inspect/inspections';
import type { ShelfFile } from '../../notebook/views';
import type { Words } from '../../notebook/views/words';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import styles from './Exports.module.css';
import { ReadingLine } from './ReadingLine';
import { useLongRead } from './use-long-read';

const all: readonly { readonly label: string; readonly as: ExportFormat }[] = [
  { label: '.safetensors', as: { format: 'safetensors' } },
  { label: '.npz', as: { format: 'npz' } },
];

/** Without `tensor` the whole file, with it that one as text. */
export function Exports({ file, tensor }: { file: ShelfFile; tensor?: number }) {
  const { t } = useTranslation();
  const { exportFile } = useNotebook((s) => s.actions);
  const reading = useLongRead();
  const [notes, setNotes] = useState<readonly Words[]>([]);
  const ways =
    tensor === undefined ? all : [{ label: '.csv', as: { format: 'csv', tensor } satisfies ExportFormat }];
  const make = async (as: ExportFormat) => {
    setNotes([]);
    setNotes(await reading.run((watch) => exportFile(file.name, as, watch)));
  };
  return (
    <div className={styles.exports}>
      <span>{t('inspect.export.title')}</span>
      {ways.map(({ label, as }) => (
        <Button key={label} disabled={reading.busy} onClick={() => void make(as)}>
          <Icon name="download" />
          <code>{label}</code>
        </Button>
      ))}
      <ReadingLine reading={reading} />
      <ul role="status" className={styles.notes}>
        {notes.map(({ id, params }) => (
          <li key={id}>
            <Rich id={`inspect.export.${id}`} values={params} />
          </li>
        ))}
      </ul>
    </div>
  );
}
