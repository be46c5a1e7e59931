/** The friend's program as choices: the usual ones in view, the rarer ones under a line. */

import type { LoadProgram } from '../../notebook/load-program';
import { firstProgram } from '../../notebook/load-table';
import type { ShelfFile } from '../../notebook/views';
import { Choice, type Option } from '../controls/Choice';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { ClassHome } from './ClassHome';
import styles from './ProgramForm.module.css';
import { RareChoices } from './RareChoices';

export interface ProgramChange {
  program: LoadProgram;
  set: (change: Partial<LoadProgram>) => void;
}

/** Offered where there is a GPU. */
const cuda: Option<'cuda'> = { value: 'cuda', label: <code>cuda</code> };

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
            if (file) set({ file: name, how: firstProgram(file, program.className).how, entry: null });
          }}
        />
      </div>
      <Choice
        legend={t('load.how')}
        options={[
          { value: 'state_dict', label: t('load.howStateDict') },
          { value: 'model', label: t('load.howModel') },
        ]}
        value={program.how === 'model' ? 'model' : 'state_dict'}
        onChange={(how) => set({ how })}
      />
      <ClassHome program={program} set={set} />
      <Choice
        legend={<Rich id="load.layers" />}
        options={[
          { value: 'same', label: t('load.same') },
          { value: 'wider', label: t('load.wider') },
          { value: 'renamed', label: t('load.renamed') },
          { value: 'deeper', label: t('load.deeper') },
          { value: 'leaner', label: t('load.leaner') },
          { value: 'head', label: t('load.head') },
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
      {program.how !== 'model' && (
        <Choice
          legend={<code>strict</code>}
          options={[
            { value: 'True', label: t('load.default') },
            { value: 'False', label: <code>False</code> },
          ]}
          value={program.strict ? 'True' : 'False'}
          onChange={(strict) => set({ strict: strict === 'True' })}
        />
      )}
      <Choice
        legend={<code>map_location</code>}
        options={[
          { value: 'default', label: t('load.default') },
          { value: 'cpu', label: <code>cpu</code> },
          ...(program.cuda || program.mapLocation === 'cuda' ? [cuda] : []),
        ]}
        value={program.mapLocation}
        onChange={(mapLocation) => set({ mapLocation })}
      />
      <div className={styles.wide}>
        <RareChoices program={program} set={set} file={files.find(({ name }) => name === program.file)} />
      </div>
    </div>
  );
}
