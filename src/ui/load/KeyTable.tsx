/** Keys of the file beside keys of the model, in PyTorch's words: loaded, missing, unexpected, size mismatch. */

import type { KeyRow, LoadView } from '../../notebook/views';
import { formatShape } from '../charts/number-format';
import { Fold } from '../controls/Fold';
import { useTranslation } from '../i18n/use-translation';
import styles from './KeyTable.module.css';

type Keys = NonNullable<LoadView['keys']>;

const states: readonly KeyRow['state'][] = ['loaded', 'kept', 'missing', 'unexpected', 'mismatch'];

export function KeyTable({ keys, failed }: { keys: Keys; failed: boolean }) {
  const { t } = useTranslation();
  const { rows, counts, changed } = keys;
  const all = states.reduce((sum, state) => sum + counts[state], 0);
  const summary = states
    .filter((state) => counts[state] > 0 || state === 'loaded')
    .map((state) => t(`keys.count.${state}`, { count: counts[state] }))
    .join(t('keys.comma'));
  const replaced = t(failed ? 'keys.changedAnyway' : 'keys.changed', { count: changed });
  return (
    <Fold summary={`${summary}${t('keys.stop')} ${failed && changed === 0 ? t('keys.unchanged') : replaced}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('keys.title')}>
        <table className={styles.keys}>
          <thead>
            <tr>
              <th scope="col">{t('keys.key')}</th>
              <th scope="col">{t('keys.file')}</th>
              <th scope="col">{t('keys.model')}</th>
              <th scope="col">{t('keys.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, file, model, state }) => (
              <tr key={`${state} ${key}`} className={styles[state]}>
                <th scope="row">
                  <code>{key}</code>
                </th>
                <td>
                  {file ? <code>{formatShape(file)}</code> : <Nothing there={state === 'unexpected'} />}
                </td>
                <td>{model ? <code>{formatShape(model)}</code> : <Nothing there={false} />}</td>
                <td>{t(`keys.${state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length < all && <p>{t('keys.more', { count: all - rows.length })}</p>}
    </Fold>
  );
}

/** An entry that is no tensor has no shape; a key that is not there has nothing. */
function Nothing({ there }: { there: boolean }) {
  const { t } = useTranslation();
  return there ? (
    t('keys.noTensor')
  ) : (
    <>
      <span className="sr">{t('keys.none')}</span>
      <span aria-hidden="true">–</span>
    </>
  );
}
