/** The program chosen in the load lab; a file that was just uploaded is what one wants to load next. */
import type { LoadProgram } from '../../notebook/load-program';
import { firstProgram } from '../../notebook/load-table';
import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';

/** `null` while the shelf is empty. */
export function useProgram(shelf: readonly ShelfFile[], className: string): LoadProgram | null {
  const chosen = useNotebook((s) => s.chosenLoad);
  const newest = shelf.at(-1);
  const arrived = newest?.origin === 'uploaded' && newest.name !== chosen?.newest;
  // A file that left the shelf takes its program with it.
  const kept = chosen && shelf.some((file) => file.name === chosen.program.file);
  if (kept && !arrived) return chosen.program;
  return newest ? firstProgram(newest, className) : null;
}
