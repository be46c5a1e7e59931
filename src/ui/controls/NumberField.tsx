/**
 * A number with its label beside it. It is taken when the person is done with it (Enter, or leaving the field): half a
 * number would be another network.
 */
import { type ReactNode, useEffect, useId, useState } from 'react';
import styles from './NumberField.module.css';

export function NumberField({
  label,
  hideLabel = false,
  value,
  integer = false,
  min = -1000,
  max = 1000,
  onChange,
}: {
  label: ReactNode;
  hideLabel?: boolean;
  value: number;
  integer?: boolean;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const [text, setText] = useState(show(value));
  // A value set from elsewhere shows at once; `1e-5` stays as it was typed.
  useEffect(() => setText((now) => (parse(now) === value ? now : show(value))), [value]);

  const take = () => {
    const number = Math.min(parse(text), max);
    const isOne = !Number.isNaN(number) && number >= min && (!integer || Number.isInteger(number));
    setText(show(isOne ? number : value));
    if (isOne && number !== value) onChange(number);
  };

  return (
    <label className={styles.field} htmlFor={id}>
      <span className={hideLabel ? 'sr' : styles.label}>{label}</span>
      <input
        id={id}
        className={styles.input}
        inputMode={integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        size={Math.max(2, text.length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') setText(show(value));
        }}
      />
    </label>
  );
}

/** `1e-05`, as Python writes it; TypeScript would write 0.00001. */
const show = (value: number) =>
  value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(value);

const parse = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
