/** The friend's script and the files beside it, line by line: each statement with what it does, so that code and run agree. */
import { strRepr } from '../torch/python/repr';
import { type LoadProgram, normalized } from './load-program';
import { projectOf } from './project';
import { treeRows } from './project-tree';

/** What a statement of the script does. */
export type Stage =
  | 'import'
  | 'import_from'
  | 'alias'
  | 'allow'
  | 'construct'
  | 'wrap'
  | 'load'
  | 'entry'
  | 'strip'
  | 'load_state_dict'
  | 'eval'
  | 'call';

export interface ScriptStatement {
  readonly stage: Stage;
  readonly code: string;
  /** Its line in the script (0-based). */
  readonly line: number;
}

type Line = Omit<ScriptStatement, 'line'>;

export interface LoadScript {
  readonly code: readonly string[];
  /** Lines that can fail, or do something to the load. */
  readonly statements: readonly ScriptStatement[];
  /** Files of the project: two spaces a level. */
  readonly tree: readonly string[];
}

/** Rows and columns of what the friend's model is given. */
export const CALL_SHAPE = [8, 2] as const;

export function loadScript(chosen: LoadProgram): LoadScript {
  const program = normalized(chosen);
  const lines = [...headOf(program), ...statementsOf(program)];
  return {
    code: lines.map((line) => (typeof line === 'string' ? line : line.code)),
    statements: lines.flatMap((line, at) => (typeof line === 'string' ? [] : [{ ...line, line: at }])),
    tree: treeRows(projectOf(program), [program.file]).map(({ name, level }) => '  '.repeat(level) + name),
  };
}

/** A file name as the tutorial quotes it; one that holds a quote or a backslash as Python would print it. */
export function quoted(text: string): string {
  return /["\\\p{Cc}]/u.test(text) ? strRepr(text) : `"${text}"`;
}

function headOf({ classHome, className, wrap, alias }: LoadProgram): (string | Line)[] {
  const needsNn = classHome === '__main__' || wrap === 'DataParallel';
  const imports = [
    ...(alias === null ? [] : ['import sys']),
    'import torch',
    ...(needsNn ? ['import torch.nn as nn'] : []),
  ];
  if (classHome === null) return [...imports, ''];
  if (classHome === '__main__') return [...imports, '', `class ${className}(nn.Module):`, '    ...', ''];
  return [
    ...imports,
    ...(alias === null ? [] : [{ stage: 'import', code: `import ${classHome}` } as const]),
    { stage: 'import_from', code: `from ${classHome} import ${className}` },
    '',
  ];
}

function statementsOf(program: LoadProgram): Line[] {
  const { file, how, classHome, className, alias, safeGlobals, entry, strip, strict } = program;
  const before: Line[] = [];
  if (alias !== null && classHome !== null) {
    const home = classHome === '__main__' ? 'sys.modules["__main__"]' : classHome;
    before.push({ stage: 'alias', code: `sys.modules[${quoted(alias)}] = ${home}` });
  }
  if (safeGlobals.length > 0) {
    before.push({
      stage: 'allow',
      code: `torch.serialization.add_safe_globals([${safeGlobals.join(', ')}])`,
    });
  }
  const after: Line[] = [
    ...(program.evaluates ? [{ stage: 'eval', code: 'model.eval()' } as const] : []),
    { stage: 'call', code: `out = model(torch.zeros(${CALL_SHAPE.join(', ')}))` },
  ];
  const load = loadCall(program);
  if (how === 'model') return [...before, { stage: 'load', code: `model = ${load}` }, ...after];

  const wrapper = { none: null, DataParallel: 'nn.DataParallel', compile: 'torch.compile' }[program.wrap];
  const build: Line[] = [{ stage: 'construct', code: `model = ${className}()` }];
  if (wrapper) build.push({ stage: 'wrap', code: `model = ${wrapper}(model)` });
  const assigns = how === 'assigned' ? 'model = ' : '';
  const option = strict ? '' : ', strict=False';
  const fill = (what: string): Line => ({
    stage: 'load_state_dict',
    code: `${assigns}model.load_state_dict(${what}${option})`,
  });
  if (how === 'path') return [...build, fill(quoted(file)), ...after];

  const read: Line[] = [{ stage: 'load', code: `${entry === null ? 'state_dict' : 'ckpt'} = ${load}` }];
  if (entry !== null) read.push({ stage: 'entry', code: `state_dict = ckpt[${quoted(entry)}]` });
  if (strip !== null) {
    const renamed = `{key.removeprefix(${quoted(strip)}): value for key, value in state_dict.items()}`;
    read.push({ stage: 'strip', code: `state_dict = ${renamed}` });
  }
  return [...before, ...build, ...read, ...(how === 'forgotten' ? [] : [fill('state_dict')]), ...after];
}

function loadCall({ file, mapLocation, weightsOnly, mmap }: LoadProgram): string {
  const options = [
    quoted(file),
    ...(mapLocation === 'default' ? [] : [`map_location=torch.device('${mapLocation}')`]),
    ...(weightsOnly === 'False' ? ['weights_only=False'] : []),
    ...(mmap ? ['mmap=True'] : []),
  ];
  return `torch.load(${options.join(', ')})`;
}
