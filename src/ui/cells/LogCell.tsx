/** What ran: a PyTorch program, statement by statement, folded away until asked for. */
import { useState } from 'react';
import { preludeCode } from '../../notebook/code';
import type { KernelView } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Cell } from './Cell';
import styles from './LogCell.module.css';

export function LogCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Cell id="log" view={view} title={t('log.title')} stale={false}>
      <details className={styles.log} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('log.show', { count: view.log.length })}</summary>
        {open && <Entries log={view.log} />}
      </details>
    </Cell>
  );
}

function Entries({ log }: { log: KernelView['log'] }) {
  return (
    <ol className={styles.entries}>
      <li>
        <span className={styles.count} />
        <pre>{preludeCode}</pre>
      </li>
      {log.map(({ count, code, error }) => (
        <li key={count}>
          <span className={styles.count}>[{count}]</span>
          <pre>
            {code}
            {error && <b className={styles.error}>{`\n${error.type}: ${error.message}`}</b>}
          </pre>
        </li>
      ))}
    </ol>
  );
}
