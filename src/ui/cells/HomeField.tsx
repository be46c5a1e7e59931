/** Where `class Net` is written when the whole model is saved: the tutorial's places, or a module with any other name. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeModule } from '../../notebook/statements';
import { Choice, type Option } from '../controls/Choice';
import field from '../controls/NumberField.module.css';
import { Rich } from '../i18n/Rich';
import styles from './SaveCell.module.css';

const OTHER = 'other';

/** `models.net`: names Python can import, which protocol 2 can write. */
const moduleName = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** `home` is empty while the name that was typed is none. */
export function HomeField({ home, onChange }: { home: HomeModule; onChange: (home: HomeModule) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const homes: readonly Option<string>[] = [
    { value: '__main__', label: '__main__' },
    { value: 'train', label: 'train.py' },
    { value: 'src.train', label: 'src/train.py' },
    { value: 'model_file', label: 'model_file.py' },
    { value: OTHER, label: t('save.otherHome') },
  ];
  const [other, setOther] = useState(() => !homes.some(({ value }) => value === home));
  const [text, setText] = useState(other ? home : '');
  const named = moduleName.test(text) ? text : '';
  return (
    <div className={styles.home}>
      <Choice
        legend={<Rich id="save.home" />}
        options={homes}
        value={other ? OTHER : home}
        onChange={(value) => {
          setOther(value === OTHER);
          onChange(value === OTHER ? named : value);
        }}
        code
      />
      {other && (
        <label className={field.field} htmlFor={id}>
          <span className={field.label}>{t('save.moduleName')}</span>
          <input
            id={id}
            className={field.input}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            size={16}
            placeholder="models.net"
            value={text}
            aria-invalid={text !== '' && named === ''}
            aria-describedby={`${id}-why`}
            onChange={(event) => {
              setText(event.target.value);
              onChange(moduleName.test(event.target.value) ? event.target.value : '');
            }}
          />
          <span id={`${id}-why`} className={styles.wrong} aria-live="polite">
            {text !== '' && named === '' && t('save.moduleWrong')}
          </span>
        </label>
      )}
    </div>
  );
}
