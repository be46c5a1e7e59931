/** The opening: what this notebook is, on the paper, without a frame. */

import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './Cell.module.css';
import { elementId } from './cell-ids';

export function IntroCell() {
  const { t } = useTranslation();
  return (
    <section id={elementId('intro')} className={`${styles.cell} ${styles.text}`}>
      <h1 tabIndex={-1}>{t('intro.title')}</h1>
      <p>
        <Rich id="intro.text" />
      </p>
    </section>
  );
}
