/** Where `class Net` is written when the whole model is saved: the tutorial's places, or a module with any other name. */
import { useState } from 'react';
import type { HomeModule } from '../../notebook/statements';
import { Choice, type Option } from '../controls/Choice';
import { ModuleName } from '../controls/ModuleName';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './SaveCell.module.css';

const OTHER = 'other';

/** `models.net`: names Python can import, which protocol 2 can write. */
const isModuleName = (text: string): boolean => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text);

/** `home` is empty while the name that was typed is none. */
export function HomeField({
  home,
  isThere,
  onChange,
}: {
  home: HomeModule;
  /** Whether the project has the class in that place. */
  isThere: boolean;
  onChange: (home: HomeModule) => void;
}) {
  const { t } = useTranslation();
  const homes: readonly Option<string>[] = [
    { value: '__main__', label: '__main__' },
    { value: 'train', label: 'train.py' },
    { value: 'src.train', label: 'src/train.py' },
    { value: 'model_file', label: 'model_file.py' },
    { value: OTHER, label: t('save.otherHome') },
  ];
  /** What is being typed, empty while it is no name; a file of the project that is renamed comes in from elsewhere. */
  const [typed, setTyped] = useState<string | null>(null);
  const typing = typed !== null && typed === home;
  const other = typing || (isThere && !homes.some(({ value }) => value === home));
  return (
    <div className={styles.home}>
      <Choice
        legend={<Rich id="save.home" />}
        options={homes}
        value={other ? OTHER : isThere ? home : ''}
        onChange={(value) => {
          const name = value === OTHER ? '' : value;
          setTyped(value === OTHER ? name : null);
          onChange(name);
        }}
        code
      />
      {other && (
        <ModuleName
          key={typing ? OTHER : home}
          value={home}
          isName={isModuleName}
          onChange={(name) => {
            setTyped(name);
            onChange(name);
          }}
        />
      )}
    </div>
  );
}
