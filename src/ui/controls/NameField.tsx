/** A name that is typed, taken when the person is done with it (Enter, or leaving the field); what is no such name is told. */
import { type ReactNode, useEffect, useId, useState } from 'react';
import styles from './NameField.module.css';
import field from './NumberField.module.css';

export function NameField({
  label,
  value,
  faultOf,
  onChange,
}: {
  label: ReactNode;
  value: string;
  /** Why a text is no such name, in words; `null` where it is one. */
  faultOf: (text: string) => string | null;
  onChange: (name: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  // A name set from elsewhere shows at once.
  useEffect(() => setText(value), [value]);
  const fault = text === value ? null : faultOf(text);
  const take = () => {
    if (text !== value && fault === null) onChange(text);
  };
  return (
    <label className={styles.name} htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        className={field.input}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        size={18}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-why`}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => (fault === null ? take() : setText(value))}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') setText(value);
        }}
      />
      <span id={`${id}-why`} className={styles.wrong} aria-live="polite">
        {fault}
      </span>
    </label>
  );
}
