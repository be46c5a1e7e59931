/** A line under the bar when something was not taken: a bad link, a file too large, a defect of this page. */

import { memo } from 'react';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import styles from './Notices.module.css';

export const Notices = memo(function Notices() {
  const { t } = useTranslation();
  const linkFault = useNotebook((s) => s.linkFault);
  const uploadFault = useNotebook((s) => s.uploadFault);
  const kernelNews = useNotebook((s) => s.kernelNews);
  const crash = useNotebook((s) => s.crash);
  const { dismissFault } = useNotebook((s) => s.actions);
  return (
    <div role="status">
      {linkFault && <Notice text={t(`notice.${linkFault}`)} onClose={dismissFault} />}
      {uploadFault && (
        <Notice text={t(`notice.${uploadFault.reason}`, { file: uploadFault.file })} onClose={dismissFault} />
      )}
      {kernelNews === 'again' && <Notice text={t('notice.again')} />}
      {kernelNews === 'back' && <Notice text={t('notice.back')} onClose={dismissFault} />}
      {crash !== null && <Notice text={t('notice.crash', { message: crash })} />}
    </div>
  );
});

function Notice({ text, onClose }: { text: string; onClose?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.notice}>
      <p>{text}</p>
      {onClose && <Button onClick={onClose}>{t('notice.close')}</Button>}
    </div>
  );
}
