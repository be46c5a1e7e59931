/** Says results aloud: a flip, the outcome of a load, and while training one line every five seconds. */
import { useEffect, useRef, useState } from 'react';
import type { KernelView } from '../../notebook/views';
import { formatTable } from '../charts/number-format';
import { useTranslation } from '../i18n/use-translation';

const TRAINING_EVERY = 5000;

export function Announcer({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const spoken = useRef(0);
  const first = useRef(true);
  const { mode, load, training } = view;

  useEffect(() => {
    // What the page opens with is no news.
    if (first.current) first.current = false;
    else setText(t('announce.mode', { mode: t(`switch.${mode}`) }));
  }, [mode, t]);

  const outcome = load?.outcome;
  const error = load?.error;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each run gives a new view, and is news even when it ends the same
  useEffect(() => {
    if (!outcome) return;
    const name = t(`outcome.${outcome}`);
    setText(t('announce.load', { outcome: error ? `${name}, ${error.type}` : name }));
  }, [load?.program, outcome, error?.type, t]);

  const last = training.loss.at(-1);
  useEffect(() => {
    if (!last || performance.now() - spoken.current < TRAINING_EVERY) return;
    spoken.current = performance.now();
    setText(t('announce.step', { step: last.step, loss: formatTable(last.loss) }));
  }, [last, t]);

  return (
    <div className="sr" role="status" aria-live="polite">
      {text}
    </div>
  );
}
