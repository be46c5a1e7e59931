/** The program the load lab starts with for a file: the one the tutorial writes. */
import type { LoadProgram } from '../../notebook/load-program';
import type { ShelfFile } from '../../notebook/views';

export function firstProgram(file: ShelfFile): LoadProgram {
  return {
    file: file.name,
    how: file.kind === 'model' ? 'model' : 'state_dict',
    classHome: 'main',
    layers: 'same',
    weightsOnly: 'default',
    strict: true,
    mapLocation: 'default',
  };
}

export function samePrograms(a: LoadProgram, b: LoadProgram): boolean {
  return (Object.keys(a) as (keyof LoadProgram)[]).every((key) => a[key] === b[key]);
}
