/** A file in short, within a cell of the notebook: the verdict and the keys. */

import type { ShelfFile } from '../../notebook/views';
import cell from '../cells/Cell.module.css';
import { useTranslation } from '../i18n/use-translation';
import styles from './InsideFile.module.css';
import { KeepCopy } from './KeepCopy';
import { KeyRows } from './KeyRows';
import { Sentence } from './Sentence';
import { useInspection } from './use-inspection';

export function InsideFile({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const found = useInspection('describe', { file: file.name }, file.version);
  if (!found) return <p className={cell.note}>{t('inspect.reading')}</p>;
  return (
    <>
      <p className={styles.sentence}>
        <Sentence description={found.description} />
      </p>
      {found.description.tensors.length > 0 && (
        <KeyRows key={file.name} file={file} description={found.description} />
      )}
      {file.origin === 'saved' && <KeepCopy file={file} />}
    </>
  );
}
