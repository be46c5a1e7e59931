/** One of a few, all in view: a fieldset of radio buttons drawn as a row of halves. */
import { type ReactNode, useId } from 'react';
import styles from './Choice.module.css';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
}

export function Choice<T extends string>({
  legend,
  options,
  value,
  onChange,
  code = false,
  hideLegend = false,
}: {
  legend: ReactNode;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
  /** Labels are code. */
  code?: boolean;
  hideLegend?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={hideLegend ? 'sr' : styles.legend}>{legend}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={`${styles.option} ${code ? styles.code : ''}`}>
            <input
              type="radio"
              className="sr"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
