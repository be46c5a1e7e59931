/** Share: the link is copied at once and stands there to be selected, for places that have no clipboard. */
import { useEffect, useState } from 'react';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Modal } from '../controls/Modal';
import { useTranslation } from '../i18n/use-translation';
import styles from './ShareDialog.module.css';

type Copied = 'making' | 'copied' | 'manual' | 'failed';

export function ShareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shareLink } = useNotebook((s) => s.actions);
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState<Copied>('making');

  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setCopied('copied'),
      () => setCopied('manual'),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is made once, when the dialog opens
  useEffect(() => {
    shareLink().then(
      (made) => {
        setLink(made);
        // No clipboard at all on a page without https.
        if (navigator.clipboard) void copy(made);
        else setCopied('manual');
      },
      () => setCopied('failed'),
    );
  }, []);

  return (
    <Modal title={t('share.title')} onClose={onClose}>
      <p className={styles.text}>{t('share.text')}</p>
      <textarea
        className={styles.link}
        readOnly
        rows={4}
        aria-label={t('share.link')}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.foot}>
        <p role="status">{copied !== 'making' && t(`share.${copied}`)}</p>
        <Button look="primary" disabled={link === '' || !navigator.clipboard} onClick={() => void copy(link)}>
          {t('share.copy')}
        </Button>
      </div>
    </Modal>
  );
}
