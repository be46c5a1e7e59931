/** Single changes to a program that failed or did silent damage: each is tried before it is offered, best first. */
import { PythonError } from '../../../torch/errors';
import { saveCode } from '../../code';
import { fileNames } from '../../file-names';
import { isProjectModule, type LoadProgram, plainProgram, programKey } from '../../load-program';
import { loadScript } from '../../load-script';
import { classPath } from '../../own-class';
import { layoutOf, projectOf, tidy } from '../../project';
import { without } from '../../project-edits';
import type { LoadOutcome, RepairView } from '../../views';
import { layersToAllow } from './allow-list';
import type { Executed } from './execute';
import type { Facts } from './facts';
import { outcomeOf } from './outcome';

/** What was found out about the program. */
export interface Case {
  readonly facts: Facts;
  readonly executed: Executed;
  /** The learner's own class. */
  readonly className: string;
  /** Whether the file is a whole model of this page, which can be saved again the other way. */
  readonly resavable: boolean;
  readonly globals: readonly string[];
  /** Runs a program without reading data. */
  readonly run: (program: LoadProgram) => Executed;
}

interface Candidate {
  readonly id: string;
  readonly change: Partial<LoadProgram>;
  /** Offered also where it only brings the program further: what it repairs is wrong whatever comes after. */
  readonly alone?: boolean;
}

export function repairsOf(program: LoadProgram, found: Case): RepairView[] {
  const offered: RepairView[] = [];
  const seen = new Set([programKey(program)]);
  for (const { id, change, alone = false } of candidates(program, found)) {
    const repaired = { ...program, ...change };
    const key = programKey(repaired);
    if (seen.has(key) || offered.some((one) => one.id === id)) continue;
    seen.add(key);
    const then = found.run(repaired);
    const outcome = outcomeOf(repaired, then);
    if (id === 'as_it_was' && offered.some((one) => one.outcome === 'works')) continue;
    if (!isOffered(id, alone, outcome, found.executed, then)) continue;
    const error = then.failed?.error;
    offered.push({
      id,
      change,
      code: repairCode(id, program, repaired),
      outcome: outcome === 'refused' ? 'error' : outcome,
      next: error instanceof PythonError ? error.type : null,
    });
  }
  const rank = { works: 0, error: 1, silent: 2 };
  return offered.sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}

function isOffered(
  id: string,
  alone: boolean,
  outcome: LoadOutcome,
  before: Executed,
  after: Executed,
): boolean {
  if (outcome === 'works') return true;
  if (outcome === 'refused' || !before.failed) return false;
  if (outcome === 'silent') return id === 'strict_false';
  return alone && isFurther(before.failed, after.failed);
}

/** Past the statement that raised, or at another error of it. */
function isFurther(before: Executed['failed'], after: Executed['failed']): boolean {
  if (!before || !after) return false;
  return after.stage !== before.stage || after.error.message !== before.error.message;
}

/** The best first: what keeps working wherever the file goes, then what fits this case, then what asks for trust or gives up. */
function candidates(program: LoadProgram, found: Case): Candidate[] {
  const { facts, resavable, className, globals } = found;
  const { own, entry, filePrefix } = facts;
  const list: Candidate[] = [];
  const add = (id: string, change: Partial<LoadProgram>, alone = false): void => {
    list.push({ id, change, alone });
  };
  const failedLoad = found.executed.failed?.stage === 'load';
  if (resavable) add('resave_state_dict', { how: 'state_dict', file: fileNames.state_dict });
  if (['assigned', 'path', 'forgotten'].includes(program.how)) add('fill_model', { how: 'state_dict' }, true);
  if (entry !== null && program.entry !== entry) add('take_entry', { how: 'state_dict', entry }, true);
  if (program.entry !== null) add('whole_dict', { entry: null });
  if (!failedLoad) {
    add('load_as_state_dict', { how: 'state_dict' });
    add('load_as_model', { how: 'model' });
  }
  if (filePrefix !== null && program.wrap === 'none') add('strip_prefix', { strip: filePrefix }, true);
  if (filePrefix === 'module.') add('wrap_parallel', { wrap: 'DataParallel' });
  if (program.strip !== null) add('keep_prefix', { strip: null });
  if (program.wrap !== 'none') add('unwrap', { wrap: 'none' }, true);
  add('same_layers', { layers: 'same' }, true);
  add('same_forward', { forward: 'same' });
  add('call_eval', { evaluates: true });
  add('map_cpu', { mapLocation: 'cpu' }, true);
  if (program.mmap) add('no_mmap', { mmap: false });
  const { script } = plainProgram;
  if (program.script !== script) add('script_back', { script }, true);
  addClass(program, found, add);
  const project = projectOf(program);
  for (const { path } of program.others) add('file_in_front', layoutOf(without(project, path), program));
  const layers = own && layersToAllow(globals, classPath(own));
  if (layers) add('allow_list', { safeGlobals: [program.className, ...layers] });
  const trusts = found.executed.failed?.error.message.includes('Weights only load failed') ?? false;
  if (trusts) add('weights_only_false', { weightsOnly: 'False' }, true);
  if (className !== program.className && own === null) add('same_name', { className });
  if (program.strict && program.how === 'state_dict') add('strict_false', { strict: false });
  add('as_it_was', { script, ...tidy });
  return list;
}

/** The class to where the file looks for it, or a name for where it is. */
function addClass(
  program: LoadProgram,
  { facts: { own }, className, executed }: Case,
  add: (id: string, change: Partial<LoadProgram>, alone?: boolean) => void,
): void {
  const { classHome } = program;
  const stopped = lacksClass(executed);
  // Beside a script that was moved no file would be back where it was.
  const isAtTop = program.script === plainProgram.script;
  if (stopped && isAtTop) add('restore_class', { classHome, classIn: tidy.classIn }, true);
  if (own !== null) {
    if (program.className !== own.name && own.name === className) add('same_name', { className }, true);
    const { module } = own;
    if (module === '__main__') add('define_class', { classHome: '__main__' }, true);
    else if (isProjectModule(module)) {
      const moved = classHome !== null && classHome !== '__main__';
      const change = { classHome: module, classIn: tidy.classIn, alias: plainProgram.alias };
      if (isAtTop) add(moved ? 'move_back' : 'import_class', change, true);
      if (moved && classHome !== module) add('alias_module', { alias: module });
    }
    return;
  }
  if (classHome === null || stopped) add('define_class', { classHome: '__main__' }, true);
}

/** The script imports its class and does not get it. */
function lacksClass({ failed }: Executed): boolean {
  const gotModule =
    failed?.stage === 'construct' && failed.error instanceof PythonError && failed.error.type === 'TypeError';
  return gotModule || (failed?.stage.startsWith('import') ?? false);
}

function repairCode(id: string, before: LoadProgram, after: LoadProgram): string {
  if (id === 'resave_state_dict') {
    return [`- ${saveCode('model', before.file)}`, `+ ${saveCode('state_dict', after.file)}`].join('\n');
  }
  if (id === 'same_forward' || id === 'same_layers') return '';
  const [old, next] = [loadScript(before), loadScript(after)];
  const only = (mark: string, lines: readonly string[], other: readonly string[]): string[] =>
    lines.filter((line) => line.trim() !== '' && !other.includes(line)).map((line) => `${mark} ${line}`);
  const code = [...only('-', old.code, next.code), ...only('+', next.code, old.code)];
  if (code.length > 0) return code.join('\n');
  const [there, then] = [pathsOf(before), pathsOf(after)];
  return [...only('-', there, then), ...only('+', then, there)].join('\n');
}

/** Files with what they define, where the script itself stays as it is. */
function pathsOf(program: LoadProgram): string[] {
  return projectOf(program).files.map(({ path, defines }) =>
    defines ? `${path}  class ${defines.className}` : path,
  );
}
