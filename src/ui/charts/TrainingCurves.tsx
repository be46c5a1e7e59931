/** The two curves themselves; this module carries recharts and is only ever imported lazily. */

import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import type { Mode } from '../../notebook/statements';
import type { TrainingView } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { type CurveEnd, CurveEnds } from './CurveEnds';
import { formatFixed, formatTable } from './number-format';
import { extentOf, niceCeil, niceTicks, tickDecimals } from './scale';
import styles from './TrainingCharts.module.css';
import { useKeptExtents } from './use-kept-extents';

export interface TrainingCurvesProps {
  readonly view: TrainingView;
  readonly mode: Mode;
  readonly width: number;
  readonly rem: number;
}

export function TrainingCurves({ view, mode, width, rem }: TrainingCurvesProps) {
  const { t } = useTranslation();
  const { loss, accuracy } = view;
  const kept = useKeptExtents('loss', { loss: extentOf(loss.map((point) => point.loss)) });
  const top = kept.loss!.hi || 1;
  const steps = niceCeil(Math.max(10, view.step));
  const lastLoss = loss.at(-1);
  const lastAccuracy = accuracy.at(-1);
  const shared = { width, rem, steps };
  return (
    <>
      <Curves
        {...shared}
        data={loss}
        top={top}
        format={(value, decimals) => formatFixed(value, decimals)}
        lines={['loss']}
        ends={
          lastLoss
            ? [end('loss', lastLoss.step, lastLoss.loss, formatTable(lastLoss.loss), 'train', true)]
            : []
        }
      />
      <Curves
        {...shared}
        data={accuracy}
        top={1}
        format={(value) => `${Math.round(value * 100)}%`}
        lines={['train', 'eval']}
        ends={
          lastAccuracy
            ? [
                end(
                  'train',
                  lastAccuracy.step,
                  lastAccuracy.train,
                  t('chart.inTrain'),
                  'train',
                  mode === 'train',
                ),
                end('eval', lastAccuracy.step, lastAccuracy.eval, t('chart.inEval'), 'eval', mode === 'eval'),
              ]
            : []
        }
      />
    </>
  );
}

const end = (
  id: string,
  step: number,
  value: number,
  label: string,
  mode: Mode,
  used: boolean,
): CurveEnd => ({
  id,
  step,
  value,
  label,
  mode,
  used,
});

interface CurvesProps {
  readonly width: number;
  readonly rem: number;
  readonly steps: number;
  readonly data: readonly object[];
  readonly top: number;
  readonly format: (value: number, decimals: number) => string;
  readonly lines: readonly ('loss' | 'train' | 'eval')[];
  readonly ends: readonly CurveEnd[];
}

function Curves({ width, rem, steps, data, top, format, lines, ends }: CurvesProps) {
  const { t } = useTranslation();
  const s = rem / 16;
  const ticks = niceTicks(0, top, 3);
  const decimals = tickDecimals(ticks);
  const name = lines.length === 1 ? t('chart.loss') : t('chart.accuracy');
  return (
    <div className={styles.chart} role="img" aria-label={name}>
      <LineChart
        width={width}
        height={15 * rem}
        // Without a point recharts draws no axis.
        data={data.length > 0 ? [...data] : [{ step: 0 }]}
        margin={{ top: 26 * s, right: 92 * s, bottom: 26 * s, left: 0 }}
        accessibilityLayer={false}
        className={styles.curve ?? ''}
      >
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
        <XAxis
          dataKey="step"
          type="number"
          domain={[0, steps]}
          ticks={niceTicks(0, steps, 5)}
          axisLine={false}
          tickLine={false}
          interval={0}
          height={22 * s}
        />
        <YAxis
          type="number"
          domain={[0, top]}
          ticks={ticks}
          tickFormatter={(value: number) => format(value, decimals)}
          axisLine={false}
          tickLine={false}
          width={46 * s}
          interval={0}
        />
        {lines.map((key) => (
          <Line
            key={key}
            dataKey={key}
            type="linear"
            stroke={key === 'eval' ? 'var(--eval)' : 'var(--train)'}
            strokeDasharray={key === 'eval' ? '6 4' : ''}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        <CurveEnds ends={ends} name={name} axis={t('chart.step')} rem={rem} />
      </LineChart>
    </div>
  );
}
