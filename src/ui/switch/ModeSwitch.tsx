/** The large switch: two halves that are always there, each with its line of code. */
import { type Ref, useId } from 'react';
import type { Mode } from '../../notebook/statements';
import type { LayerView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import { ModeIcon } from '../icons/Icon';
import styles from './ModeSwitch.module.css';

const modes: readonly Mode[] = ['train', 'eval'];

/** Which of the layers that heed the mode are in the network. */
function heeding(layers: readonly LayerView[]): 'Both' | 'Dropout' | 'BatchNorm' | 'None' {
  const has = (kind: LayerView['kind']) => layers.some((layer) => layer.kind === kind);
  if (has('Dropout')) return has('BatchNorm1d') ? 'Both' : 'Dropout';
  return has('BatchNorm1d') ? 'BatchNorm' : 'None';
}

export function ModeSwitch({
  layers,
  ref,
}: {
  layers: readonly LayerView[];
  ref?: Ref<HTMLFieldSetElement>;
}) {
  const { t } = useTranslation();
  const mode = useNotebook((s) => s.mode);
  const { setMode } = useNotebook((s) => s.actions);
  const name = useId();
  const heed = heeding(layers);
  return (
    <fieldset data-mode={mode} className={styles.switch} ref={ref}>
      <legend className="sr">{t('switch.label')}</legend>
      {modes.map((half) => (
        <label key={half} className={styles.half}>
          <input
            type="radio"
            className="sr"
            name={name}
            checked={mode === half}
            onChange={() => setMode(half)}
          />
          <span className={styles.icon}>
            <ModeIcon mode={half} />
          </span>
          <span>
            <span className={styles.name}>
              {t(`switch.${half}`)} <code>tudui.{half}()</code>
            </span>
            <span className={styles.does}>{t(`switch.${half}${heed}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
