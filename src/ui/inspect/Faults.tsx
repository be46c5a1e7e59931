/** What of a file does not fit together, and which limits were met. */
import type { FileFault } from '../../notebook/views/inspection';
import { Rich } from '../i18n/Rich';
import styles from './Faults.module.css';

/** Faults that are listed: a file that is broken everywhere is told as well by its first ones. */
const SHOWN = 5;

export function Faults({ faults }: { faults: readonly FileFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className={styles.faults}>
      {faults.slice(0, SHOWN).map(({ id, params }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fault has nothing but its place
        <li key={i}>
          <Rich id={`inspect.fault.${id}`} values={params} />
        </li>
      ))}
      {faults.length > SHOWN && (
        <li>
          <Rich id="inspect.fault.more" values={{ count: faults.length - SHOWN }} />
        </li>
      )}
    </ul>
  );
}
