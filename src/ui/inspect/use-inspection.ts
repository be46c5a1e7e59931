/** An answer of the kernel about a file; `undefined` until it has come. Another file or version is asked for anew. */
import { useEffect, useState } from 'react';
import type { InspectionKind, Inspections } from '../../notebook/kernel/inspect/inspections';
import { useNotebook } from '../../store/notebook';

export function useInspection<K extends InspectionKind>(
  about: K,
  ask: Inspections[K]['ask'],
  /** Another value where the files are other ones under the same names. */
  version: string | number,
): Inspections[K]['answer'] | null | undefined {
  const { inspect } = useNotebook((s) => s.actions);
  const question = JSON.stringify([about, ask, version]);
  const [answered, setAnswered] = useState<{ question: string; answer: Inspections[K]['answer'] | null }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question stands for what is asked
  useEffect(() => {
    let current = true;
    void inspect(about, ask).then((answer) => {
      if (current) setAnswered({ question, answer });
    });
    return () => {
      current = false;
    };
  }, [question, inspect]);
  return answered?.question === question ? answered.answer : undefined;
}
