/** A load case of the lab: the friend's program run on a file of the shelf, and everything the page shows of it. */
import { PythonError } from '../../../torch/errors';
import type { Module } from '../../../torch/nn/module';
import { Generator } from '../../../torch/random/generator';
import { moduleRepr } from '../../../torch/repr/module';
import { PartsInMemory } from '../../../torch/serialization/parts-in-memory';
import { whole } from '../../../torch/serialization/prefetch';
import { save } from '../../../torch/serialization/save';
import { weightsOnlyWarning } from '../../../torch/serialization/weights-only-default';
import { isZip } from '../../../torch/serialization/zip/reader';
import type { Warning } from '../../../torch/warnings';
import { fileNames } from '../../file-names';
import { friendClass } from '../../friend-class';
import { type LoadProgram, normalized } from '../../load-program';
import { type LoadScript, loadScript } from '../../load-script';
import { ownClass } from '../../own-class';
import type { KeyRow, LoadView } from '../../views';
import { errorView } from '../define';
import { accuracy } from '../fit';
import type { Defined, Session } from '../session';
import type { Shelf } from '../shelf';
import { type Executed, execute } from './execute';
import { type Facts, factsOf } from './facts';
import { weightsOnly } from './friend-program';
import { innerModel, outcomeOf } from './outcome';
import { repairsOf } from './repairs';
import { type FileOnShelf, readFile, readingFiles, triedFiles } from './shelf-reader';
import { traceback } from './traceback';
import { why } from './why';

/** Keys the page lists of one load. */
const LISTED = 200;

export async function runLoad(
  session: Session,
  shelf: Shelf,
  chosen: LoadProgram,
  run: number,
): Promise<LoadView | null> {
  const { defined } = session;
  if (!defined) return null;
  const program = normalized(chosen);
  const kept = shelf.get(program.file);
  const own = await readFile(shelf, program.file);
  let { executed, warnings } = runOn(defined, program, own);
  if (own.bytes instanceof PartsInMemory && own.bytes.missed) {
    ({ executed, warnings } = runOn(defined, program, await readFile(shelf, program.file, whole)));
  }
  const script = loadScript(program);
  const resavable = kept?.view.origin === 'saved' && kept.view.kind === 'model';
  const outcome = outcomeOf(program, executed);
  const { failed } = executed;
  const failedLine = failed ? script.statements[failed.statement].line : null;
  const raised = failed?.error instanceof PythonError ? failed.error : null;
  const facts = factsOf(executed, kept ? ownClass(kept.view) : null);
  return {
    run,
    program,
    code: script.code,
    tree: script.tree,
    failedLine,
    outcome,
    warnings: shownWarnings(program, script, executed, warnings),
    printed: failed ? null : printed(executed),
    error: raised ? errorView(raised) : null,
    traceback:
      failed && raised && failedLine !== null
        ? traceback({
            program,
            code: script.code[failedLine],
            line: failedLine,
            stage: script.statements[failed.statement].stage,
            error: raised,
            layers: executed.model?.modules.keys() ?? [],
            isZip:
              own.bytes instanceof PartsInMemory || (own.bytes instanceof Uint8Array && isZip(own.bytes)),
            weightsOnly: weightsOnly(program),
          })
        : [],
    why: why(program, kept?.view ?? null, executed, facts),
    keys: keysView(facts, executed),
    accuracy: failed ? null : await accuracies(session, executed.model, kept?.view.accuracy ?? null),
    repairs:
      outcome === 'works'
        ? []
        : repairsOf(program, {
            facts,
            executed,
            className: defined.spec.className,
            resavable,
            globals: kept?.view.globals ?? [],
            run: await trial(defined, shelf, { name: program.file, file: own, resavable }),
          }),
  };
}

function runOn(
  { network }: Defined,
  program: LoadProgram,
  file: FileOnShelf,
): { executed: Executed; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const files = readingFiles(network, file, (warning) => warnings.push(warning));
  return { executed: execute(program, friendClass(network, program), files), warnings };
}

interface Tried {
  readonly name: string;
  readonly file: FileOnShelf;
  readonly resavable: boolean;
}

/** Runs a program without data: on the file that failed, and the one that going back would save. */
async function trial(
  { network, model }: Defined,
  shelf: Shelf,
  { name, file, resavable }: Tried,
): Promise<(program: LoadProgram) => Executed> {
  const known = new Map([[name, file]]);
  const other = fileNames.state_dict;
  if (resavable && name !== other) {
    const there = await readFile(shelf, other);
    known.set(other, there.bytes ? there : { bytes: save(model.stateDict(), other), globals: [] });
  }
  const files = triedFiles(network, (wanted) => known.get(wanted) ?? { bytes: null, globals: [] });
  return (program) => execute(program, friendClass(network, program), files);
}

/** A warning of torch.load's caller stands at the friend's line. */
function shownWarnings(
  program: LoadProgram,
  { statements }: LoadScript,
  { loaded, failed }: Executed,
  others: readonly Warning[],
): string[] {
  const call = statements.find(({ stage }) => stage === 'load');
  const reached = loaded !== undefined || failed?.stage === 'load';
  const unasked = program.weightsOnly === 'default' ? weightsOnlyWarning(program.torch) : null;
  return [
    ...(call && reached && unasked
      ? [`${program.script}:${call.line + 1}: ${unasked.category}: ${unasked.message}\n  ${call.code}`]
      : []),
    ...others.map(({ category, message }) => `${category}: ${message}`),
  ];
}

function printed({ keys, model }: Executed): string | null {
  if (keys) return keys.repr;
  return model ? moduleRepr(model) : null;
}

function keysView({ rows }: Facts, { changed }: Executed): LoadView['keys'] {
  if (!rows) return null;
  const counts: Record<KeyRow['state'], number> = {
    loaded: 0,
    kept: 0,
    missing: 0,
    unexpected: 0,
    mismatch: 0,
  };
  for (const { state } of rows) counts[state]++;
  return { rows: rows.slice(0, LISTED), counts, changed: changed.length };
}

/** Accuracy on the page's points as the friend's program would answer; `null` for a model that does not take them. */
async function accuracies(
  session: Session,
  model: Module | null,
  saved: number | null,
): Promise<LoadView['accuracy']> {
  if (!model) return null;
  try {
    const mode = model.training ? 'train' : 'eval';
    return { loaded: await accuracy(session, innerModel(model), mode, new Generator(0)), saved };
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}
