/** A traceback, exact; frames inside torch fold to one line, the last line is the error. */
import { useState } from 'react';
import type { TracebackLine } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import styles from './Traceback.module.css';

/** Neighbouring lines that fold together, or stay. */
export function foldFrames(lines: readonly TracebackLine[]): readonly (readonly TracebackLine[])[] {
  const groups: TracebackLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && last[0].inner === line.inner) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

const isFrame = ({ text }: TracebackLine) => text.trimStart().startsWith('File "');

export function Traceback({ lines }: { lines: readonly TracebackLine[] }) {
  const { t } = useTranslation();
  const last = lines.at(-1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.traceback} tabIndex={0} aria-label={t('outcome.error')}>
      <pre className={styles.frames}>
        {foldFrames(lines.slice(0, -1)).map((group, i) =>
          group[0].inner ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups of a traceback never move
            <Folded key={i} lines={group} />
          ) : (
            group.map((line) => `${line.text}\n`).join('')
          ),
        )}
      </pre>
      {last && <Raised text={last.text} />}
    </section>
  );
}

/** The class and the first line are the error; what PyTorch adds below them is advice. */
function Raised({ text }: { text: string }) {
  const [head, ...advice] = text.split('\n');
  return (
    <pre className={styles.raised}>
      <b>{head}</b>
      {advice.length > 0 && `\n${advice.join('\n')}`}
    </pre>
  );
}

function Folded({ lines }: { lines: readonly TracebackLine[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? '▾' : '▸'} {t('load.frames', { count: lines.filter(isFrame).length })}
      </button>
      {'\n'}
      {open && lines.map((line) => `${line.text}\n`).join('')}
    </>
  );
}
