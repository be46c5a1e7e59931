/** The switch in the bar, and above the tabs of a phone: the same two halves, small. */
import { useTranslation } from 'react-i18next';
import type { Mode } from '../../notebook/statements';
import styles from './SmallSwitch.module.css';

const modes: readonly Mode[] = ['train', 'eval'];

export function SmallSwitch({
  mode,
  wide = false,
  onChange,
}: {
  mode: Mode;
  /** The whole width, with the line of code. */
  wide?: boolean;
  onChange: (mode: Mode) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={wide ? styles.wide : styles.pill} aria-label={t('switch.label')}>
      {modes.map((half) => (
        <button key={half} type="button" aria-pressed={mode === half} onClick={() => onChange(half)}>
          {wide ? `tudui.${half}()` : half}
        </button>
      ))}
    </fieldset>
  );
}
