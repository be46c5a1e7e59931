/** Where the class is on the friend's machine: in the script, nowhere, or in a module of any name. */
import { useState } from 'react';
import { isProjectModule } from '../../notebook/load-program';
import { Choice } from '../controls/Choice';
import { ModuleName } from '../controls/ModuleName';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import type { ProgramChange } from './ProgramForm';
import styles from './ProgramForm.module.css';

const values = { main: '__main__', missing: null, train: 'train', 'src.train': 'src.train' } as const;
const names = Object.keys(values) as (keyof typeof values)[];
const FIRST_OTHER = 'model_file';

export function ClassHome({ program, set }: ProgramChange) {
  const { t } = useTranslation();
  const { classHome } = program;
  const known = names.find((name) => values[name] === classHome);
  /** While a name is typed it may be `train` for a moment. */
  const [typing, setTyping] = useState(false);
  const value = typing || !known ? 'other' : known;
  return (
    <div className={styles.home}>
      <Choice<keyof typeof values | 'other'>
        legend={<Rich id="load.classHome" />}
        options={[
          { value: 'main', label: t('load.home.main') },
          { value: 'missing', label: t('load.home.missing') },
          { value: 'train', label: <code>train.py</code> },
          { value: 'src.train', label: <code>src/train.py</code> },
          { value: 'other', label: t('load.home.other') },
        ]}
        value={value}
        onChange={(name) => {
          setTyping(name === 'other');
          set({ classHome: name === 'other' ? FIRST_OTHER : values[name] });
        }}
      />
      {value === 'other' && (
        <ModuleName
          value={classHome ?? FIRST_OTHER}
          isName={isProjectModule}
          onChange={(name) => {
            setTyping(true);
            if (name !== '') set({ classHome: name });
          }}
        />
      )}
    </div>
  );
}
