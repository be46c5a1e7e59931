/** Where the class is on the friend's machine: in the script, nowhere, or in a module of any name. */
import { useState } from 'react';
import { isProjectModule } from '../../notebook/load-program';
import { tidy } from '../../notebook/project';
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
  const { classHome, classIn } = program;
  const known = names.find((name) => values[name] === classHome);
  /** While a name is typed it may be `train` for a moment. */
  const [typed, setTyped] = useState<string | null>(null);
  const typing = typed !== null && typed === classHome;
  const isThere = classHome === '__main__' || classIn !== 'none';
  const move = (home: string | null) => set({ classHome: home, classIn: tidy.classIn });
  return (
    <div className={styles.home}>
      <Choice<keyof typeof values | 'other' | 'nowhere'>
        legend={<Rich id="load.classHome" />}
        options={[
          { value: 'main', label: t('load.home.main') },
          { value: 'missing', label: t('load.home.missing') },
          { value: 'train', label: <code>train.py</code> },
          { value: 'src.train', label: <code>src/train.py</code> },
          { value: 'other', label: t('load.home.other') },
        ]}
        value={isThere ? ((typing ? null : known) ?? 'other') : 'nowhere'}
        onChange={(name) => {
          setTyped(name === 'other' ? FIRST_OTHER : null);
          if (name !== 'nowhere') move(name === 'other' ? FIRST_OTHER : values[name]);
        }}
      />
      {isThere && (typing || !known) && (
        <ModuleName
          key={typing ? 'typed' : classHome}
          value={classHome ?? FIRST_OTHER}
          isName={isProjectModule}
          onChange={(name) => {
            if (name === '') return;
            setTyped(name);
            move(name);
          }}
        />
      )}
    </div>
  );
}
