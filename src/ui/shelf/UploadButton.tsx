/** Opens the file picker. It offers every file: an accept list by extension differs between systems. */
import { useRef } from 'react';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import styles from './Shelf.module.css';

export function UploadButton() {
  const { t } = useTranslation();
  const { upload } = useNotebook((s) => s.actions);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={styles.upload} onClick={() => input.current?.click()}>
        {t('shelf.upload')}
      </button>
      <input
        ref={input}
        className="sr"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('shelf.upload')}
        onChange={(event) => {
          void upload([...(event.target.files ?? [])]);
          // The same file may be chosen twice in a row.
          event.target.value = '';
        }}
      />
    </>
  );
}
