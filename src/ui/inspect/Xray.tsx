/** One stroke per opcode, as high as it matters: a name to import, a call, the rest. Refused names stand above theirs. */
import type { MouseEvent } from 'react';
import type { PickleDescription } from '../../notebook/views/inspection';
import fig from '../charts/figure.module.css';
import { useFigureSize } from '../charts/use-figure-size';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { stripColumns, stripLabels, weights } from './strip';
import styles from './Xray.module.css';

/** By weight: height as a share of the strip, and colour. */
const strokes = [
  { height: 0.3, colour: 'var(--line-strong)' },
  { height: 0.6, colour: 'var(--ink-2)' },
  { height: 1, colour: 'var(--ink)' },
  { height: 1, colour: 'var(--match)' },
] as const;

export function Xray({ pickle, onGo }: { pickle: PickleDescription; onGo: (index: number) => void }) {
  const { t } = useTranslation();
  const { probe, size } = useFigureSize();
  const { opcodes, globals, calls, strip } = pickle;
  const refused = globals.filter(({ verdict }) => verdict !== 'allowed').length;
  const called = strip.reduce((sum, weight) => sum + (weight === 1 ? 1 : 0), 0);
  const go = (event: MouseEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    onGo(Math.min(opcodes - 1, Math.max(0, Math.floor(share * opcodes))));
  };
  return (
    <figure className={fig.figure} aria-label={t('inspect.xray.title', { count: opcodes })}>
      <div ref={probe} className={fig.probe} />
      {size && opcodes > 0 && (
        <svg
          className={`${fig.svg} ${styles.strip}`}
          width={size.width}
          height={4 * size.rem}
          aria-hidden="true"
          onClick={go}
        >
          <Strip pickle={pickle} width={size.width} rem={size.rem} />
        </svg>
      )}
      <ul className={styles.legend}>
        <li data-kind="refused">{t('inspect.xray.refused', { count: refused })}</li>
        <li data-kind="allowed">{t('inspect.xray.allowed', { count: globals.length - refused })}</li>
        <li data-kind="call">{t('inspect.xray.calls', { count: called })}</li>
        <li data-kind="rest">{t('inspect.xray.opcodes', { count: opcodes })}</li>
      </ul>
      {calls.length > 0 && refused > 0 && (
        <p className={fig.caption}>
          <Rich id="inspect.xray.summary" values={{ calls: calls.length, imports: refused }} />
        </p>
      )}
    </figure>
  );
}

function Strip({ pickle, width, rem }: { pickle: PickleDescription; width: number; rem: number }) {
  const { strip, globals, opcodes } = pickle;
  const columns = stripColumns(strip, Math.floor(width / 2));
  const step = width / columns.length;
  const top = 1.25 * rem;
  const bottom = 4 * rem;
  const middle = (top + bottom) / 2;
  const labels = stripLabels(
    globals,
    (index) => ((index + 0.5) / opcodes) * width - 1,
    (text) => (text.length * 0.55 + 0.8) * rem,
    width,
  );
  return (
    <>
      {weights.map((weight) => {
        const { height, colour } = strokes[weight];
        const half = (height * (bottom - top)) / 2;
        let path = '';
        columns.forEach((own, i) => {
          if (own === weight) path += `M${((i + 0.5) * step).toFixed(1)} ${middle - half}v${2 * half}`;
        });
        const wide = Math.min(weight > 1 ? 2.5 : 1.5, Math.max(1, step * 0.6));
        return <path key={weight} d={path} stroke={colour} strokeWidth={wide} fill="none" />;
      })}
      {labels.map(({ entry, x }) => (
        <text key={entry.index} x={x} y={0.9 * rem} className={`${fig.mono} ${fig.bold} ${styles.label}`}>
          {entry.name}
        </text>
      ))}
    </>
  );
}
