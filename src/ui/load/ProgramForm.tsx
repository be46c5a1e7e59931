/** The friend's program as choices: which file, how, where the class is, and the arguments. */
import { useTranslation } from 'react-i18next';
import type { LoadProgram } from '../../notebook/load-program';
import type { ShelfFile } from '../../notebook/views';
import { Choice } from '../controls/Choice';
import { Rich } from '../i18n/Rich';
import { firstProgram } from './first-program';
import styles from './ProgramForm.module.css';

export function ProgramForm({
  program,
  files,
  onChange,
}: {
  program: LoadProgram;
  files: readonly ShelfFile[];
  onChange: (program: LoadProgram) => void;
}) {
  const { t } = useTranslation();
  const set = (change: Partial<LoadProgram>) => onChange({ ...program, ...change });
  return (
    <div className={styles.form}>
      <div className={styles.wide}>
        <Choice
          legend={t('load.file')}
          code
          options={files.map(({ name }) => ({ value: name, label: name }))}
          value={program.file}
          onChange={(name) => {
            const file = files.find((one) => one.name === name);
            if (file) set({ file: name, how: firstProgram(file).how });
          }}
        />
      </div>
      <Choice
        legend={t('load.how')}
        options={[
          { value: 'state_dict', label: t('load.howStateDict') },
          { value: 'model', label: t('load.howModel') },
        ]}
        value={program.how}
        onChange={(how) => set({ how })}
      />
      <Choice
        legend={<Rich id="load.classHome" />}
        options={[
          { value: 'main', label: t('load.home.main') },
          { value: 'missing', label: t('load.home.missing') },
          { value: 'train', label: t('load.home.train') },
          { value: 'src.train', label: t('load.home.src') },
        ]}
        value={program.classHome}
        onChange={(classHome) => set({ classHome })}
      />
      <Choice
        legend={<Rich id="load.layers" />}
        options={[
          { value: 'same', label: t('load.same') },
          { value: 'wider', label: t('load.wider') },
        ]}
        value={program.layers}
        onChange={(layers) => set({ layers })}
      />
      <Choice
        legend={<code>weights_only</code>}
        options={[
          { value: 'default', label: t('load.default') },
          { value: 'False', label: <code>False</code> },
        ]}
        value={program.weightsOnly}
        onChange={(weightsOnly) => set({ weightsOnly })}
      />
      <Choice
        legend={<code>strict</code>}
        options={[
          { value: 'True', label: t('load.default') },
          { value: 'False', label: <code>False</code> },
        ]}
        value={program.strict ? 'True' : 'False'}
        onChange={(strict) => set({ strict: strict === 'True' })}
      />
      <Choice
        legend={<code>map_location</code>}
        options={[
          { value: 'default', label: t('load.default') },
          { value: 'cpu', label: <code>cpu</code> },
        ]}
        value={program.mapLocation}
        onChange={(mapLocation) => set({ mapLocation })}
      />
    </div>
  );
}
