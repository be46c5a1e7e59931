/** The program being chosen in the load lab; a file that was just uploaded is what one wants to load next. */
import { useState } from 'react';
import type { LoadProgram } from '../../notebook/load-program';
import type { ShelfFile } from '../../notebook/views';
import { firstProgram } from './first-program';

interface Chosen {
  readonly program: LoadProgram;
  /** Newest file when it was chosen. */
  readonly newest: string | undefined;
}

/** `null` while the shelf is empty. */
export function useProgram(
  shelf: readonly ShelfFile[],
): readonly [LoadProgram | null, (program: LoadProgram) => void] {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const newest = shelf.at(-1);
  const choose = (program: LoadProgram) => setChosen({ program, newest: newest?.name });

  const arrived = newest?.origin === 'uploaded' && newest.name !== chosen?.newest;
  // A file that left the shelf takes its program with it.
  const kept = chosen && shelf.some((file) => file.name === chosen.program.file);
  if (kept && !arrived) return [chosen.program, choose];
  return [newest ? firstProgram(newest) : null, choose];
}
