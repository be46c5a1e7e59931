/** The shelf: every file saved or uploaded, ready to download. */
import { useTranslation } from 'react-i18next';
import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { formatShape } from '../charts/number-format';
import { Button } from '../controls/Button';
import { FileIcon } from '../icons/FileIcon';
import { Icon } from '../icons/Icon';
import { FileLine } from './FileLine';
import styles from './Shelf.module.css';
import { UploadButton } from './UploadButton';

export function Shelf({ files }: { files: readonly ShelfFile[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="shelf-title">
      <h2 id="shelf-title" className={styles.title}>
        {t('shelf.title')}
      </h2>
      {files.length === 0 ? (
        <p className={styles.kind}>{t('shelf.empty')}</p>
      ) : (
        <ul>
          {files.map((file) => (
            <FileRow key={file.name} file={file} />
          ))}
        </ul>
      )}
      <UploadButton />
    </section>
  );
}

function FileRow({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const { download, discard } = useNotebook((s) => s.actions);
  return (
    <li className={styles.file}>
      <FileIcon kind={file.kind} />
      <div className={styles.words}>
        <FileLine file={file} />
        {file.keys.length > 0 && (
          <details className={styles.keys}>
            <summary>{t('shelf.keys', { count: file.keys.length })}</summary>
            <ul>
              {file.keys.map((key) => (
                <li key={key.name}>
                  <code>{key.name}</code> <code>{formatShape(key.shape)}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
        <div className={styles.tools}>
          <Button
            look="quiet"
            aria-label={t('shelf.download', { name: file.name })}
            onClick={() => void download(file.name)}
          >
            <Icon name="download" />
            {t('shelf.get')}
          </Button>
          <Button
            look="quiet"
            aria-label={t('shelf.discard', { name: file.name })}
            onClick={() => discard(file.name)}
          >
            <Icon name="close" />
          </Button>
        </div>
      </div>
    </li>
  );
}
