/** The friend's machine and the program that loads a file there, as a value: errors and repairs are built from it. */
import { importable } from '../torch/program/torch-names';
import type { TorchVersion } from '../torch/serialization/weights-only-default';
import { type Layout, layoutOf, projectOf, tidy } from './project';

/** What is written with the file. The last three are what people write by mistake. */
export type Recipe =
  /** `model = Net(); model.load_state_dict(torch.load(file))` */
  | 'state_dict'
  /** `model = torch.load(file)` */
  | 'model'
  /** `model = model.load_state_dict(state_dict)` */
  | 'assigned'
  /** `model.load_state_dict(file)` */
  | 'path'
  /** `torch.load(file)`, and the model never sees it */
  | 'forgotten';

/** The script that loads and the files around it. */
export interface LoadProgram extends Layout {
  readonly file: string;
  readonly how: Recipe;
  /** Around the friend's model before it is filled. */
  readonly wrap: 'none' | 'DataParallel' | 'compile';
  /** `default` leaves the argument out. */
  readonly weightsOnly: 'default' | 'False';
  /** `torch.serialization.add_safe_globals([...])` before the load, as names stand in the code: `Net`, `torch.nn.Linear`. */
  readonly safeGlobals: readonly string[];
  readonly mapLocation: 'default' | 'cpu' | 'cuda';
  readonly mmap: boolean;
  readonly strict: boolean;
  /** `ckpt["model_state_dict"]`: the entry that is the state_dict. */
  readonly entry: string | null;
  /** A prefix taken off every key: `module.` */
  readonly strip: string | null;
  /** `sys.modules["train"] = ...`: an older name for the module of the class. */
  readonly alias: string | null;
  /** `model.eval()` */
  readonly evaluates: boolean;
  readonly python: '3.11' | '3.14';
  readonly torch: TorchVersion;
  /** Whether the friend's machine has a GPU. */
  readonly cuda: boolean;
}

/** Everything as the tutorial has it, on a machine of today without a GPU. */
export const plainProgram: Omit<LoadProgram, 'file' | 'how' | 'className'> = {
  script: 'load.py',
  classHome: '__main__',
  ...tidy,
  layers: 'same',
  forward: 'same',
  wrap: 'none',
  weightsOnly: 'default',
  safeGlobals: [],
  mapLocation: 'default',
  mmap: false,
  strict: true,
  entry: null,
  strip: null,
  alias: null,
  evaluates: true,
  python: '3.11',
  torch: '2.13',
  cuda: false,
};

/** What a recipe never comes to is left out of its code, so it cannot tell two programs apart. */
export function normalized(chosen: LoadProgram): LoadProgram {
  const { how } = chosen;
  const program = { ...chosen, ...layoutOf(projectOf(chosen), chosen) };
  const { wrap, strict, entry, strip, mapLocation, mmap, weightsOnly, safeGlobals } = plainProgram;
  if (how === 'model') return { ...program, wrap, strict, entry, strip };
  if (how === 'path')
    return { ...program, entry, strip, mapLocation, mmap, weightsOnly, safeGlobals, alias: null };
  return how === 'forgotten' ? { ...program, strict, entry, strip } : program;
}

/** One text for each different program. */
export function programKey(program: LoadProgram): string {
  return JSON.stringify(Object.entries(normalized(program)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names Python keeps for itself. */
export const keywords: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Whether a module of the friend's project can have this name: Python's own names and `load.py` itself are taken. */
export function isProjectModule(name: string): boolean {
  const parts = name.split('.');
  return (
    name.length <= 60 &&
    parts.every((part) => /^[A-Za-z_]\w*$/.test(part) && !keywords.has(part)) &&
    name !== 'load' &&
    !importable.has(parts[0])
  );
}
