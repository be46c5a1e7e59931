/** The choices of a transfer: which file, what of it, what is frozen, and in which mode the body stands. */
import type { TransferProgram } from '../../notebook/transfer-program';
import { Choice } from '../controls/Choice';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from '../load/ProgramForm.module.css';

export function TransferForm({
  program,
  files,
  onChange,
}: {
  program: TransferProgram;
  files: readonly string[];
  onChange: (program: TransferProgram) => void;
}) {
  const { t } = useTranslation();
  const set = (change: Partial<TransferProgram>) => onChange({ ...program, ...change });
  return (
    <div className={styles.form}>
      <div className={styles.wide}>
        <Choice
          legend={t('load.file')}
          code
          options={files.map((name) => ({ value: name, label: name }))}
          value={program.file}
          onChange={(file) => set({ file })}
        />
      </div>
      <Choice
        legend={<Rich id="transfer.pick" />}
        options={[
          { value: 'matching', label: t('transfer.matching') },
          { value: 'all', label: t('transfer.all') },
        ]}
        value={program.pick}
        onChange={(pick) => set({ pick })}
      />
      <Choice
        legend={t('transfer.loadedPart')}
        options={[
          { value: 'frozen', label: t('transfer.frozen') },
          { value: 'free', label: t('transfer.free') },
        ]}
        value={program.freeze ? 'frozen' : 'free'}
        onChange={(part) => set({ freeze: part === 'frozen' })}
      />
      <Choice
        legend={t('transfer.body')}
        code
        options={[
          { value: 'train', label: 'train()' },
          { value: 'eval', label: 'eval()' },
        ]}
        value={program.body}
        onChange={(body) => set({ body })}
      />
    </div>
  );
}
