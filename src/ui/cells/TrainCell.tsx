/** Train: step first, play second. */

import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { TrainingCharts } from '../charts/TrainingCharts';
import { Button } from '../controls/Button';
import { Choice } from '../controls/Choice';
import { ErrorText } from '../controls/ErrorText';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { Cell } from './Cell';
import cell from './Cell.module.css';

const rates = ['0.01', '0.03', '0.1', '0.3', '1'] as const;

export function TrainCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { fit: train, play, pause, resetModel, setLr } = useNotebook((s) => s.actions);
  const playing = useNotebook((s) => s.playing);
  const lr = useNotebook((s) => s.lr);
  const { training } = view;
  return (
    <Cell
      id="train"
      view={view}
      title={t('train.title')}
      actions={
        <>
          <Button look="quiet" disabled={training.step === 0} onClick={resetModel}>
            {t('train.reset')}
          </Button>
          <Button look="primary" disabled={playing} onClick={() => train(1)}>
            {t('train.step')}
          </Button>
          <Button aria-pressed={playing} onClick={playing ? pause : play}>
            <Icon name={playing ? 'pause' : 'play'} />
            {playing ? t('train.pause') : t('train.play')}
          </Button>
        </>
      }
    >
      <Choice
        legend={<Rich id="train.lr" />}
        options={rates.map((rate) => ({ value: rate, label: rate }))}
        value={String(lr) as (typeof rates)[number]}
        onChange={(rate) => setLr(Number(rate))}
        code
      />
      {training.error && <ErrorText error={training.error} />}
      <TrainingCharts view={training} mode={view.mode} />
      {training.engine && training.engine !== view.engine.level && (
        <p className={cell.note}>{t('train.engine', { engine: t(`engine.${training.engine}`) })}</p>
      )}
    </Cell>
  );
}
