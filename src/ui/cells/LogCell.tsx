/** What ran: a PyTorch program, statement by statement, folded away until asked for. */
import { useTranslation } from 'react-i18next';
import { preludeCode } from '../../notebook/code';
import type { KernelView } from '../../notebook/views';
import { Cell } from './Cell';
import styles from './LogCell.module.css';

export function LogCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  return (
    <Cell id="log" view={view} title={t('log.title')} stale={false}>
      <details className={styles.log}>
        <summary>{t('log.show', { count: view.log.length })}</summary>
        <ol className={styles.entries}>
          <li>
            <span className={styles.count} />
            <pre>{preludeCode}</pre>
          </li>
          {view.log.map(({ count, code, error }) => (
            <li key={count}>
              <span className={styles.count}>[{count}]</span>
              <pre>
                {code}
                {error && <b className={styles.error}>{`\n${error.type}: ${error.message}`}</b>}
              </pre>
            </li>
          ))}
        </ol>
      </details>
    </Cell>
  );
}
