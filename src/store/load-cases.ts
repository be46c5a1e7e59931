/** The load lab's memory: which program is chosen, what was guessed of it, how it ended. */
import { type LoadProgram, programKey } from '../notebook/load-program';
import type { LoadOutcome, LoadView } from '../notebook/views';

/** One can only guess how a program ends, not that this page would stop it. */
export type Guess = Exclude<LoadOutcome, 'refused'>;

export interface LoadCase {
  readonly program: LoadProgram;
  readonly guess: Guess | null;
  /** `null` before it has run. */
  readonly load: LoadView | null;
}

export type LoadCases = ReadonlyMap<string, LoadCase>;

export function caseOf(cases: LoadCases, program: LoadProgram): LoadCase {
  return cases.get(programKey(program)) ?? { program, guess: null, load: null };
}

/** A guess stands once its program has run. */
export function guessed(cases: LoadCases, program: LoadProgram, guess: Guess): LoadCases {
  const before = caseOf(cases, program);
  return before.load ? cases : new Map(cases).set(programKey(program), { ...before, guess });
}

export function recorded(cases: LoadCases, load: LoadView): LoadCases {
  return new Map(cases).set(programKey(load.program), { ...caseOf(cases, load.program), load });
}

/** A file written anew, or a network that is another one, answers for itself: guesses stay. */
export function forgotten(cases: LoadCases, file?: string): LoadCases {
  return new Map(
    [...cases].map(([key, one]) => {
      return [key, file === undefined || one.program.file === file ? { ...one, load: null } : one] as const;
    }),
  );
}
