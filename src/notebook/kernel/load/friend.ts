/** The friend's machine: the files of the project and the script that loads, as the load lab draws them. */
import { loadCode } from '../../code';
import type { ClassHome, LoadProgram } from '../../load-program';

const importLines: Readonly<Record<ClassHome, readonly string[]>> = {
  main: ['import torch', 'import torch.nn as nn', '', 'class Net(nn.Module):', '    ...', ''],
  missing: ['import torch', ''],
  train: ['import torch', 'from train import Net', ''],
  'src.train': ['import torch', 'from src.train import Net', ''],
};

/** A line of the project's tree: two spaces a level. */
const trees: Readonly<Record<ClassHome, readonly string[]>> = {
  main: ['project/', '  load.py'],
  missing: ['project/', '  load.py'],
  train: ['project/', '  train.py', '  load.py'],
  'src.train': ['project/', '  src/', '    train.py', '  load.py'],
};

export interface FriendScript {
  readonly code: readonly string[];
  /** Where the loading statements begin in `code`. */
  readonly firstStatement: number;
  readonly tree: readonly string[];
}

export function friendScript(program: LoadProgram): FriendScript {
  const head = importLines[program.classHome];
  return {
    code: [...head, ...loadCode(program)],
    firstStatement: head.length,
    tree: [...trees[program.classHome], `  ${program.file}`],
  };
}
