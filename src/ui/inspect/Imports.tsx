/** Every name the file would import and every call it would make, refused ones first; each leads to its opcode. */

import type { GlobalEntry, PickleDescription } from '../../notebook/views/inspection';
import { Dotted } from '../i18n/Dotted';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './Imports.module.css';

/** Entries of a list that stand without being asked for. */
const SHOWN = 30;

export function Imports({ pickle, onGo }: { pickle: PickleDescription; onGo: (index: number) => void }) {
  const { t } = useTranslation();
  const { globals, calls, refusedAt } = pickle;
  const dangerous = globals.some(({ verdict }) => verdict === 'unsafe' || verdict === 'computed');
  const sorted = [...globals].sort(
    (a, b) => Number(a.verdict === 'allowed') - Number(b.verdict === 'allowed'),
  );
  return (
    <div className={styles.lists}>
      <section>
        <h3>{t('inspect.stops.title')}</h3>
        {refusedAt ? (
          <>
            <button type="button" className={styles.refused} onClick={() => onGo(refusedAt.index)}>
              <code>
                {refusedAt.opcode} {refusedAt.name}
              </code>
            </button>
            <p>
              <Rich
                id={`inspect.stops.${refusedAt.reason}`}
                values={{ number: refusedAt.index + 1, position: refusedAt.position }}
              />
            </p>
          </>
        ) : (
          <p>{t('inspect.stops.nowhere')}</p>
        )}
      </section>
      {dangerous && calls.length > 0 && (
        <section>
          <h3>{t('inspect.calls')}</h3>
          <ul>
            {calls.slice(0, SHOWN).map(({ index, text }) => (
              <li key={index}>
                <button type="button" className={styles.refused} onClick={() => onGo(index)}>
                  <code>{text}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('inspect.imports')}</h3>
        {globals.length === 0 && <p>{t('inspect.importsNone')}</p>}
        <ul>
          {sorted.slice(0, SHOWN).map((entry) => (
            <li key={entry.index}>
              <button
                type="button"
                className={entry.verdict === 'allowed' ? styles.allowed : styles.refused}
                onClick={() => onGo(entry.index)}
              >
                <code>
                  <Dotted text={nameOf(entry, t('inspect.computed'))} />
                </code>
              </button>
            </li>
          ))}
        </ul>
        {sorted.length > SHOWN && <p>{t('inspect.importsMore', { count: sorted.length - SHOWN })}</p>}
      </section>
    </div>
  );
}

function nameOf({ module, name, verdict }: GlobalEntry, computed: string): string {
  return verdict === 'computed' ? computed : `${module}.${name}`;
}
