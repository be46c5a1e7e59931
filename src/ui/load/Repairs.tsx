/** Repairs as rows: what and at what cost, the code, a button. The best comes first and is filled. */

import type { RepairView } from '../../notebook/views';
import { Button } from '../controls/Button';
import { repairText } from '../i18n/kernel-text';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { Outcome } from '../icons/Outcome';
import { Breakable } from './Breakable';
import styles from './Repairs.module.css';

export function Repairs({
  repairs,
  onApply,
}: {
  repairs: readonly RepairView[];
  onApply: (repair: RepairView) => void;
}) {
  const { t } = useTranslation();
  if (repairs.length === 0) return null;
  return (
    <section className={styles.repairs}>
      <h3>{t('load.repairs')}</h3>
      <ul>
        {repairs.map((repair, i) => {
          const title = repairText(t, repair, 'title');
          const best = i === 0 && repair.outcome === 'works';
          return (
            <li key={repair.id} className={styles.repair}>
              <div>
                <h4>
                  {title} {best && <span className={styles.best}>{t('save.best')}</span>}
                </h4>
                <p className={styles.cost}>{repairText(t, repair, 'cost')}</p>
                <Then repair={repair} />
              </div>
              {repair.code !== '' && <Diff code={repair.code} />}
              <Button
                look={best ? 'primary' : 'plain'}
                aria-label={t('load.applyName', { repair: title })}
                onClick={() => onApply(repair)}
              >
                <Icon name="play" />
                {t('load.apply')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Where one change is not enough, or is no cure. */
function Then({ repair: { outcome, next } }: { repair: RepairView }) {
  const { t } = useTranslation();
  if (outcome === 'works') return null;
  return (
    <p className={styles.then}>
      <Outcome outcome={outcome} />
      {outcome === 'silent' ? (
        t('load.thenSilent')
      ) : (
        <Rich id="load.thenError" values={{ next: next ?? '' }} />
      )}
    </p>
  );
}

/** Lines that go are struck through, lines that come are bold: signs and weight, no colours. */
function Diff({ code }: { code: string }) {
  return (
    <pre className={styles.code}>
      {code.split('\n').map((line) => (
        <span key={line} className={styles[lineKind(line)]}>
          <Breakable as="code" text={line} />
        </span>
      ))}
    </pre>
  );
}

function lineKind(line: string): 'gone' | 'come' | 'kept' {
  if (line.startsWith('- ')) return 'gone';
  return line.startsWith('+ ') ? 'come' : 'kept';
}
