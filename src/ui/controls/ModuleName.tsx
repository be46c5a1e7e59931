/** The name of a Python module, typed: `models.net`. What is no such name is told, and given on as nothing. */
import { useId, useState } from 'react';
import { useTranslation } from '../i18n/use-translation';
import styles from './ModuleName.module.css';
import field from './NumberField.module.css';

export function ModuleName({
  value,
  isName,
  onChange,
}: {
  value: string;
  isName: (text: string) => boolean;
  /** Empty while what was typed is no name. */
  onChange: (name: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(value);
  const wrong = text !== '' && !isName(text);
  return (
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
        aria-invalid={wrong}
        aria-describedby={`${id}-why`}
        onChange={(event) => {
          setText(event.target.value);
          onChange(isName(event.target.value) ? event.target.value : '');
        }}
      />
      <span id={`${id}-why`} className={styles.wrong} aria-live="polite">
        {wrong && t('save.moduleWrong')}
      </span>
    </label>
  );
}
