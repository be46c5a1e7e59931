/** What is computed of a row only once it has been looked at: asked for in small batches, kept while the subject stays. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Watch } from '../../notebook/kernel/inspect/inspections';
import { type LongRead, useLongRead } from './use-long-read';

/** Small, so that the first rows show their answers while the others are on their way. */
const BATCH = 16;

export interface LookedAt<K, V> {
  of(key: K): V | undefined;
  /** May be called with keys that are known already. What was stopped is asked for again when it is looked at again. */
  look(keys: readonly K[]): void;
  readonly reading: LongRead;
}

interface Work<K> {
  readonly subject: string;
  readonly asked: Set<K>;
  readonly waiting: K[];
  running: boolean;
}

interface Answers<K, V> {
  readonly subject: string;
  readonly byKey: ReadonlyMap<K, V>;
}

export function useLookedAt<K, V>(
  /** Another one forgets everything. */
  subject: string,
  ask: (keys: readonly K[], watch: Watch) => Promise<readonly V[] | null>,
  keyOf: (answer: V) => K,
): LookedAt<K, V> {
  const [answers, setAnswers] = useState<Answers<K, V>>({ subject, byKey: new Map() });
  const reading = useLongRead();
  const { run } = reading;
  const work = useRef<Work<K> | null>(null);
  useEffect(
    () => () => {
      work.current = null;
    },
    [],
  );

  const look = useCallback(
    (keys: readonly K[]) => {
      if (work.current?.subject !== subject)
        work.current = { subject, asked: new Set(), waiting: [], running: false };
      const own = work.current;
      for (const key of keys) {
        if (own.asked.has(key)) continue;
        own.asked.add(key);
        own.waiting.push(key);
      }
      if (!own.running) void answer(own);

      async function answer(current: Work<K>): Promise<void> {
        current.running = true;
        await run(async (watch) => {
          while (work.current === current && current.waiting.length > 0) {
            const batch = current.waiting.splice(0, BATCH);
            const found = await ask(batch, watch);
            if (work.current !== current) return;
            if (watch.signal?.aborted) {
              for (const key of [...batch, ...current.waiting.splice(0)]) current.asked.delete(key);
              return;
            }
            setAnswers((old) => {
              const byKey = new Map(old.subject === subject ? old.byKey : []);
              for (const one of found ?? []) byKey.set(keyOf(one), one);
              return { subject, byKey };
            });
          }
        });
        current.running = false;
      }
    },
    [subject, ask, keyOf, run],
  );
  return useMemo(
    () => ({
      of: (key: K) => (answers.subject === subject ? answers.byKey.get(key) : undefined),
      look,
      reading,
    }),
    [answers, subject, look, reading],
  );
}
