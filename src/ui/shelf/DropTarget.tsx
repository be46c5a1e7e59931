/** Files dropped anywhere on the page go to the shelf; `onTaken` is told the first one that was taken. */
import { useEffect, useState } from 'react';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import styles from './Shelf.module.css';

export function DropTarget({ onTaken }: { onTaken?: (name: string) => void }) {
  const { t } = useTranslation();
  const { upload } = useNotebook((s) => s.actions);
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Layer cards are dragged too: only files count here.
    const files = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const show = (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const take = (event: DragEvent) => {
      if (!files(event)) return;
      event.preventDefault();
      setOver(false);
      void upload([...(event.dataTransfer?.files ?? [])]).then(([first]) => {
        if (first !== undefined) onTaken?.(first);
      });
    };
    addEventListener('dragover', show);
    addEventListener('dragleave', leave);
    addEventListener('drop', take);
    return () => {
      removeEventListener('dragover', show);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', take);
    };
  }, [upload, onTaken]);
  return over ? <div className={styles.target}>{t('shelf.drop')}</div> : null;
}
