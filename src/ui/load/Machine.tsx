/** A machine: its files, and the script that runs there. */
import type { ReactNode } from 'react';
import { Breakable } from './Breakable';
import styles from './Machines.module.css';

export function Machine({
  title,
  tool,
  about,
  script,
  code,
  failedLine = null,
  children,
}: {
  title: string;
  tool?: ReactNode;
  /** Versions and devices, where they matter. */
  about?: string;
  script: string;
  code: readonly string[];
  failedLine?: number | null;
  children: ReactNode;
}) {
  return (
    <section className={styles.machine} aria-label={title}>
      <div className={styles.title}>
        <span className={styles.lights} aria-hidden="true">
          ○ ○ ○
        </span>
        <h3>{title}</h3>
        {tool}
      </div>
      <div className={styles.files}>
        {children}
        {about && <p className={styles.about}>{about}</p>}
      </div>
      {code.length > 0 && (
        <div className={styles.script}>
          <code className={styles.name}>{script}</code>
          <pre>
            {code.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of a script is its number
              <span key={i} className={`${styles.line} ${i === failedLine ? styles.failed : ''}`}>
                {line === '' ? ' ' : <Breakable as="code" text={line} />}
              </span>
            ))}
          </pre>
        </div>
      )}
    </section>
  );
}
