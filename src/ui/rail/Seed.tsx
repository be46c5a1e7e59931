/** The seed every random number of the page comes from. */

import { limits } from '../../notebook/document';
import { useNotebook } from '../../store/notebook';
import { Stepper } from '../controls/Stepper';
import { useTranslation } from '../i18n/use-translation';
import styles from './Seed.module.css';

export function Seed({ seed, draws }: { seed: number; draws: number }) {
  const { t } = useTranslation();
  const { setSeed } = useNotebook((s) => s.actions);
  return (
    <section aria-labelledby="seed-title" className={styles.seed}>
      <h2 id="seed-title" className={styles.title}>
        {t('seed.title')}
      </h2>
      <Stepper label={t('seed.field')} hideLabel value={seed} min={0} max={limits.seed} onChange={setSeed} />
      <p className={styles.note}>
        <code>torch.manual_seed({seed})</code>
      </p>
      <p className={styles.note}>{t('seed.draws', { count: draws })}</p>
    </section>
  );
}
