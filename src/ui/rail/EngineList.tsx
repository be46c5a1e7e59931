/** What computes: three levels, the one in use, and how far another has arrived. */
import { useId } from 'react';
import type { EngineLevel } from '../../notebook/statements';
import type { EngineView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { reasonText } from '../i18n/kernel-text';
import { useTranslation } from '../i18n/use-translation';
import styles from './EngineList.module.css';

const levels: readonly EngineLevel[] = ['reference', 'wasm', 'webgpu'];
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

export function EngineList({ engine }: { engine: EngineView }) {
  const { t } = useTranslation();
  const { setEngine } = useNotebook((s) => s.actions);
  const name = useId();
  return (
    <fieldset className={styles.engine}>
      <legend className={styles.title}>{t('engine.title')}</legend>
      {levels.map((level) => {
        const { state, loaded, total, reason } = engine.levels[level];
        const running = engine.level === level;
        // When all bytes are there, or another level brought them, how long the rest takes is not known.
        const arriving = loaded < total;
        return (
          <div key={level} className={styles.level}>
            <label className={styles.label}>
              <input
                type="radio"
                name={name}
                checked={running}
                disabled={state === 'absent'}
                onChange={() => setEngine(level)}
              />
              <span>{t(`engine.${level}`)}</span>
              <span className={styles.state}>
                {state === 'loading' && arriving ? (
                  <code>
                    {megabytes(loaded)} / {megabytes(total)} MB
                  </code>
                ) : (
                  t(running && state !== 'loading' ? 'engine.running' : `engine.${state}`)
                )}
              </span>
            </label>
            {state === 'loading' && (
              <progress
                className={styles.bar}
                {...(arriving && { value: loaded, max: total })}
                aria-label={t(`engine.${level}`)}
              />
            )}
            {reason && <p className={styles.reason}>{reasonText(t, reason)}</p>}
          </div>
        );
      })}
      <p className={styles.reason}>{t('engine.note')}</p>
    </fieldset>
  );
}
