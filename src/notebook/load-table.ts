/** The table of files by programs: for each file the programs people meet most, and beside them whatever else was run. */
import { isProjectModule, type LoadProgram, normalized, plainProgram, programKey } from './load-program';
import { ownClass } from './own-class';
import type { ShelfFile } from './views';

export type ColumnId = 'same' | 'missing' | 'moved' | 'wider' | 'forward' | 'renamed' | 'cpu' | 'defaults';

/** A column asks one thing of every file, each read in its own way. */
export interface Column {
  /** `null` where the learner put it together. */
  readonly id: ColumnId | null;
  readonly key: string;
  /** What it changes of the program that works. */
  readonly change: Partial<LoadProgram>;
  programFor(file: ShelfFile): LoadProgram;
}

/** The program the tutorial writes for a file: every argument left out. */
export function firstProgram(file: ShelfFile, className: string): LoadProgram {
  return { ...plainProgram, file: file.name, how: file.kind === 'model' ? 'model' : 'state_dict', className };
}

/** The program that opens a file as it was meant: in the project it comes from, and trusted where it has to be. */
export function workingProgram(file: ShelfFile, className: string): LoadProgram {
  const program = firstProgram(file, className);
  const own = ownClass(file);
  return {
    ...program,
    classHome: own && isProjectModule(own.module) ? own.module : '__main__',
    weightsOnly: program.how === 'model' ? 'False' : 'default',
    entry: file.verdict.id === 'checkpoint' ? 'model_state_dict' : null,
  };
}

const usual: readonly (readonly [ColumnId, (program: LoadProgram) => Partial<LoadProgram>])[] = [
  ['same', () => ({})],
  ['missing', () => ({ classHome: null })],
  ['moved', ({ classHome }) => ({ classHome: classHome === 'src.train' ? 'train' : 'src.train' })],
  ['wider', () => ({ layers: 'wider' })],
  ['forward', () => ({ forward: 'other' })],
  ['renamed', () => ({ layers: 'renamed', strict: false })],
  ['cpu', () => ({ mapLocation: 'cpu' })],
  ['defaults', () => ({ weightsOnly: 'default' })],
];

/** The usual columns, then one for each other change that was run on some file, in the order they were run. */
export function columnsOf(
  files: readonly ShelfFile[],
  run: Iterable<LoadProgram>,
  className: string,
): readonly Column[] {
  const columns: Column[] = usual.map(([id, change]) => ({
    id,
    key: id,
    change: change(plainProgram as LoadProgram),
    programFor(file) {
      const program = workingProgram(file, className);
      return { ...program, ...change(program) };
    },
  }));
  for (const program of run) {
    const file = files.find(({ name }) => name === program.file);
    if (!file || columns.some((column) => isSame(column.programFor(file), program))) continue;
    const change = difference(workingProgram(file, className), program);
    columns.push({
      id: null,
      key: JSON.stringify(change),
      change,
      programFor: (other) => ({ ...workingProgram(other, className), ...change }),
    });
  }
  return columns;
}

function isSame(a: LoadProgram, b: LoadProgram): boolean {
  return programKey(a) === programKey(b);
}

/** What of `to` is not as in `from`; the file is not asked. */
function difference(from: LoadProgram, to: LoadProgram): Partial<LoadProgram> {
  const [before, after] = [normalized(from), normalized(to)];
  const changed = Object.entries(after).filter(
    ([key, value]) =>
      key !== 'file' && JSON.stringify(before[key as keyof LoadProgram]) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed);
}
