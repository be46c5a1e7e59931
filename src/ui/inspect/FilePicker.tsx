/** Which file is looked at, and which one beside it: files of the shelf, or another one. */

import type { ShelfFile } from '../../notebook/views';
import { Choice } from '../controls/Choice';
import { useTranslation } from '../i18n/use-translation';
import { UploadButton } from '../shelf/UploadButton';
import styles from './FilePicker.module.css';

const NONE = '';

export function FilePicker({
  shelf,
  file,
  other,
  onOpen,
}: {
  shelf: readonly ShelfFile[];
  file: string | null;
  other: string | null;
  onOpen: (...files: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const option = ({ name }: ShelfFile) => ({ value: name, label: name });
  const others = shelf.filter(({ name }) => name !== file);
  return (
    <div className={styles.picker}>
      {shelf.length > 0 && (
        <Choice
          legend={t('inspect.file')}
          code
          options={shelf.map(option)}
          value={file ?? NONE}
          onChange={(name) => onOpen(name)}
        />
      )}
      {file && others.length > 0 && (
        <Choice
          legend={t('inspect.beside')}
          code
          options={[{ value: NONE, label: t('inspect.alone') }, ...others.map(option)]}
          value={other ?? NONE}
          onChange={(name) => (name === NONE ? onOpen(file) : onOpen(file, name))}
        />
      )}
      <div className={styles.upload}>
        <UploadButton label={t('inspect.choose')} onTaken={onOpen} />
      </div>
    </div>
  );
}
