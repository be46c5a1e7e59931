/** The switch in the bar, and above the tabs of a phone: the same two halves, small. */

import type { Mode } from '../../notebook/statements';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import styles from './SmallSwitch.module.css';

const modes: readonly Mode[] = ['train', 'eval'];

/** `wide` takes the whole width and shows the line of code. */
export function SmallSwitch({ wide = false }: { wide?: boolean }) {
  const { t } = useTranslation();
  const mode = useNotebook((s) => s.mode);
  const { setMode } = useNotebook((s) => s.actions);
  return (
    <fieldset data-mode={mode} className={wide ? styles.wide : styles.pill} aria-label={t('switch.label')}>
      {modes.map((half) => (
        <button key={half} type="button" aria-pressed={mode === half} onClick={() => setMode(half)}>
          {wide ? `tudui.${half}()` : half}
        </button>
      ))}
    </fieldset>
  );
}
