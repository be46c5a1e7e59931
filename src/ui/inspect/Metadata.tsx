/** `_metadata`: a version for each module, which load_state_dict reads beside the keys; or what safetensors keeps as text. */

import type { FileDescription } from '../../notebook/views/inspection';
import { FigureTable } from '../charts/FigureTable';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './Metadata.module.css';

export function Metadata({
  entries,
  container,
}: {
  entries: FileDescription['metadata'];
  container: FileDescription['container'];
}) {
  const { t } = useTranslation();
  const texts = container === 'safetensors';
  const name = texts ? '__metadata__' : '_metadata';
  return (
    <div className={styles.metadata}>
      <FigureTable
        summary={t('inspect.metadata.fold', { name, count: entries.length })}
        caption={name}
        head={
          texts
            ? [t('inspect.metadata.key'), t('inspect.metadata.text')]
            : [t('inspect.metadata.module'), 'version']
        }
        rows={() =>
          entries.map(({ key, version, text }) => [
            key === '' ? "''" : key,
            texts ? text : version === null ? '' : String(version),
          ])
        }
      />
      {!texts && (
        <p className={styles.note}>
          <Rich id="inspect.metadata.note" />
        </p>
      )}
    </div>
  );
}
