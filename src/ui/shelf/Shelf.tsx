/** The shelf: every file saved or uploaded, ready to download. */
import { navigate } from 'wouter/use-hash-location';
import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { formatShape } from '../charts/number-format';
import { Button } from '../controls/Button';
import { verdictText } from '../i18n/kernel-text';
import { useTranslation } from '../i18n/use-translation';
import { FileIcon } from '../icons/FileIcon';
import { Icon } from '../icons/Icon';
import { inspectPath } from '../place';
import { bytesText } from './bytes-text';
import styles from './Shelf.module.css';
import { UploadButton } from './UploadButton';

export function Shelf({ files }: { files: readonly ShelfFile[] }) {
  const { t } = useTranslation();
  const fault = useNotebook((s) => s.keepFault);
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
      {fault && (
        <p role="status" className={styles.kind}>
          {t(`shelf.keep.${fault.reason}`, { file: fault.file })}
        </p>
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
        <code className={styles.name}>{file.name}</code>
        <Contents file={file} />
        <div className={styles.tools}>
          <Button
            look="quiet"
            aria-label={t('shelf.inspect', { name: file.name })}
            onClick={() => navigate(inspectPath(file.name))}
          >
            <Icon name="inspect" />
            {t('shelf.look')}
          </Button>
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

/** What the file is; unfolded, its keys or, where a load would import something, the names. */
function Contents({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const kind = (
    <>
      {verdictText(t, file)} · <span className={styles.size}>{bytesText(file.bytes)}</span>
    </>
  );
  if (file.keys.length + file.globals.length === 0) return <p className={styles.kind}>{kind}</p>;
  return (
    <details className={styles.contents}>
      <summary className={styles.kind}>{kind}</summary>
      <ul>
        {file.keys.map(({ name, shape }) => (
          <li key={name}>
            <code>{name}</code> <code>{formatShape(shape)}</code>
          </li>
        ))}
        {file.keys.length === 0 &&
          file.globals.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
      </ul>
    </details>
  );
}
