/** Opens the file picker. It offers every file: an accept list by extension differs between systems. */
import { useRef } from 'react';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import styles from './Shelf.module.css';

export function UploadButton({
  label,
  onTaken,
}: {
  label?: string;
  /** With the name of the first file that was taken. */
  onTaken?: (name: string) => void;
}) {
  const { t } = useTranslation();
  const { upload } = useNotebook((s) => s.actions);
  const input = useRef<HTMLInputElement>(null);
  const text = label ?? t('shelf.upload');
  const take = async (files: readonly File[]) => {
    const [first] = await upload(files);
    if (first !== undefined) onTaken?.(first);
  };
  return (
    <>
      <button type="button" className={styles.upload} onClick={() => input.current?.click()}>
        {text}
      </button>
      <input
        ref={input}
        className="sr"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={text}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          // The same file may be chosen twice in a row.
          event.target.value = '';
        }}
      />
    </>
  );
}
