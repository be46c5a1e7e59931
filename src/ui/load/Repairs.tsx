/** Repairs as rows: what and at what cost, the code, a button. The best comes first and is filled. */
import { useTranslation } from 'react-i18next';
import type { LoadView } from '../../notebook/views';
import { Button } from '../controls/Button';
import { Icon } from '../icons/Icon';
import styles from './Repairs.module.css';

type Repair = LoadView['repairs'][number];

export function Repairs({
  repairs,
  onApply,
}: {
  repairs: readonly Repair[];
  onApply: (repair: Repair) => void;
}) {
  const { t } = useTranslation();
  if (repairs.length === 0) return null;
  return (
    <section className={styles.repairs}>
      <h3>{t('load.repairs')}</h3>
      <ul>
        {repairs.map((repair, i) => {
          const title = t(`repair.${repair.id}.title` as 'repair.map_cpu.title');
          return (
            <li key={repair.id} className={styles.repair}>
              <div>
                <h4>
                  {title} {i === 0 && <span className={styles.best}>{t('save.best')}</span>}
                </h4>
                <p className={styles.cost}>{t(`repair.${repair.id}.cost` as 'repair.map_cpu.cost')}</p>
              </div>
              {repair.code !== '' && <Diff code={repair.code} />}
              <Button
                look={i === 0 ? 'primary' : 'plain'}
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

/** Lines that go are struck through, lines that come are bold: signs and weight, no colours. */
function Diff({ code }: { code: string }) {
  return (
    <pre className={styles.code}>
      {code.split('\n').map((line) => (
        <span key={line} className={styles[lineKind(line)]}>
          {line}
        </span>
      ))}
    </pre>
  );
}

function lineKind(line: string): 'gone' | 'come' | 'kept' {
  if (line.startsWith('- ')) return 'gone';
  return line.startsWith('+ ') ? 'come' : 'kept';
}
