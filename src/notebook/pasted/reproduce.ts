/** From a recognised mistake to the file and the program that make it again on the learner's own network. */
import { caseFileName } from '../file-names';
import { isProjectModule, type LoadProgram, plainProgram } from '../load-program';
import type { HomeModule, Saved, Statement, Written } from '../statements';
import type { Family, Recognised } from './recognised';

export interface Reproduction {
  /** What makes the file; then the program runs. */
  readonly statements: readonly Statement[];
  readonly program: LoadProgram;
}

/** What of the notebook a case is made from. */
export interface Ground {
  readonly className: string;
  /** Training steps taken: without one there is no optimizer to save. */
  readonly steps: number;
  /** Names of files that are the learner's own and must stay as they are. */
  readonly taken: ReadonlySet<string>;
}

/** Why nothing is run: there is no optimizer yet, or no program of the load lab does it. */
export type Obstacle = 'needs_step' | 'not_here';

/** A file of a case, and the change of the plain program that fails on it. */
interface Recipe {
  readonly from: Source;
  readonly change: Partial<LoadProgram>;
}

type Source =
  | { readonly save: Saved; readonly home?: HomeModule }
  /** A saved file of which only a part arrived, as Python slices it: `[:bytes]`. */
  | { readonly save: Saved; readonly bytes: number }
  | { readonly write: Written };

const stateDict: Source = { save: 'state_dict' };
const trusting = { how: 'model', weightsOnly: 'False' } as const;

export function reproduction(found: Recognised, ground: Ground): Reproduction | Obstacle {
  const recipe = recipeOf(found, ground.className);
  if (recipe === null) return 'not_here';
  const { from, change } = recipe;
  if ('save' in from && from.save === 'checkpoint' && ground.steps === 0) return 'needs_step';
  const { file, statements } = made(from, ground.taken);
  const plain: LoadProgram = { ...plainProgram, file, how: 'state_dict', className: ground.className };
  return { statements, program: { ...plain, ...change } };
}

function made(from: Source, taken: ReadonlySet<string>): { file: string; statements: Statement[] } {
  const name = (what: Saved | Written | 'part') => caseFileName(what, taken);
  if ('write' in from) {
    const file = name(from.write);
    return { file, statements: [{ type: 'write', what: from.write, file }] };
  }
  const file = name(from.save);
  const home = 'home' in from && from.home ? from.home : '__main__';
  const save: Statement = { type: 'save', what: from.save, file, home };
  if (!('bytes' in from)) return { file, statements: [save] };
  const part = name('part');
  return { file: part, statements: [save, { type: 'copy', file, as: part, bytes: from.bytes }] };
}

function recipeOf({ family, details }: Recognised, className: string): Recipe | null {
  const model = (home: HomeModule, change: Partial<LoadProgram>): Recipe => ({
    from: { save: 'model', home },
    change: { how: 'model', ...change },
  });
  const dict = (change: Partial<LoadProgram>, save: Saved = 'state_dict'): Recipe => ({
    from: { save },
    change,
  });
  switch (family) {
    case 'weights_only': {
      const home = homeOf(details.global ?? `__main__.${className}`);
      return home === null ? null : model(home, { classHome: home });
    }
    case 'module_missing':
      return missingModule(details.module ?? '');
    case 'class_missing': {
      const home = details.module ?? '__main__';
      if (home === '__main__') return model(home, { weightsOnly: 'False', classHome: null });
      // The module is there, and holds a class of another name.
      const other = { weightsOnly: 'False', classHome: home, className: `Other${className}` } as const;
      return isProjectModule(home) ? model(home, other) : null;
    }
    case 'weights_only_operand':
      return { from: { write: startingWith(Number(details.operand)) }, change: {} };
    case 'not_a_pickle':
      return { from: { write: startingWith(details.loadKey?.charCodeAt(0) ?? 0) }, change: trusting };
    case 'assigned':
      return dict({ how: 'assigned', evaluates: details.attribute !== undefined });
    case 'dict_as_model':
      return dict({ how: 'model', evaluates: details.attribute !== undefined });
    case 'checkpoint_as_model':
      return dict({ how: 'model', evaluates: details.attribute !== undefined }, 'checkpoint');
    case 'no_entry':
      return dict({ entry: details.entry ?? 'model_state_dict' });
    case 'not_a_dict':
      return details.given === 'str' ? dict({ how: 'path' }) : dict({ weightsOnly: 'False' }, 'model');
    case 'prefix_file':
      return dict({}, details.prefix === 'module.' ? 'parallel' : 'compiled');
    case 'prefix_model':
      return dict({ wrap: details.prefix === 'module.' ? 'DataParallel' : 'compile' });
    default:
      return fixed[family] ?? null;
  }
}

/** Families that always break in one way. */
const fixed: Partial<Record<Family, Recipe>> = {
  checkpoint_level: { from: { save: 'checkpoint' }, change: {} },
  size_mismatch: { from: stateDict, change: { layers: 'wider' } },
  head_mismatch: { from: stateDict, change: { layers: 'head' } },
  keys_renamed: { from: stateDict, change: { layers: 'renamed' } },
  keys_missing: { from: stateDict, change: { layers: 'deeper' } },
  keys_unexpected: { from: stateDict, change: { layers: 'leaner' } },
  cuda_tag: { from: { save: 'cuda' }, change: {} },
  truncated_zip: { from: { save: 'state_dict', bytes: -100 }, change: {} },
  broken_zip: { from: { save: 'state_dict', bytes: -100 }, change: {} },
  truncated_legacy: { from: { save: 'legacy', bytes: -4 }, change: {} },
  truncated_pickle: { from: { save: 'legacy', bytes: 200 }, change: trusting },
  empty_file: { from: { write: 'empty' }, change: trusting },
  plain_pickle: { from: { write: 'pickle' }, change: {} },
  mmap_legacy: { from: { save: 'legacy' }, change: { mmap: true } },
};

/** The module that a whole model of this network must live in to be asked for by such a name; `null` where it is no class of a project. */
function homeOf(path: string): HomeModule | null {
  const dot = path.lastIndexOf('.');
  const module = path.slice(0, Math.max(0, dot));
  return module === '__main__' || isProjectModule(module) ? module : null;
}

/** `src.train` is missing where `src` is there; `src` itself where nothing of it is. */
function missingModule(module: string): Recipe | null {
  if (!isProjectModule(module)) return null;
  const dot = module.lastIndexOf('.');
  const neighbour = dot > 0 ? `${module.slice(0, dot)}.${module.endsWith('.net') ? 'other' : 'net'}` : null;
  return { from: { save: 'model', home: module }, change: { ...trusting, classHome: neighbour } };
}

/** The byte a reader stumbles over is the first: a web page's `<`, the `v` of a git-lfs pointer. */
function startingWith(byte: number): Written {
  return byte === 'v'.charCodeAt(0) ? 'pointer' : 'page';
}
