/** A load case of the lab: the friend's program run on a file of the shelf, and everything the page shows of it. */

import { PythonError } from '../../../torch/errors';
import type { Module } from '../../../torch/nn/module';
import { Generator } from '../../../torch/random/generator';
import { moduleRepr } from '../../../torch/repr/module';
import { save } from '../../../torch/serialization/save';
import { isZip } from '../../../torch/serialization/zip/reader';
import { classOfNetwork, widened } from '../../class-of-network';
import { fileNames } from '../../file-names';
import type { LoadProgram } from '../../load-program';
import type { LoadView } from '../../views';
import { errorView } from '../define';
import { accuracy } from '../fit';
import type { Defined, Session } from '../session';
import type { Shelf } from '../shelf';
import { type Executed, execute } from './execute';
import { friendScript } from './friend';
import { repairsOf } from './repairs';
import { traceback } from './traceback';
import { why } from './why';

export async function runLoad(
  session: Session,
  shelf: Shelf,
  program: LoadProgram,
): Promise<LoadView | null> {
  const { defined } = session;
  if (!defined) return null;
  const kept = shelf.get(program.file);
  const executed = run(defined, shelf, program);
  const script = friendScript(program);
  const outcome = outcomeOf(program, executed);
  const { failed } = executed;
  const failedLine = failed ? script.firstStatement + failed.statement : null;
  const raised = failed?.error instanceof PythonError ? failed.error : null;
  const resavable = kept?.view.origin === 'saved' && kept.view.kind === 'model';
  const failure = {
    works: worksHere(defined, shelf, resavable),
    resavable,
    byWeightsOnly: raised?.message.includes('Unsupported global: GLOBAL') ?? false,
  };
  return {
    program,
    code: script.code,
    tree: script.tree,
    failedLine,
    outcome,
    printed: failed ? null : printed(executed),
    error: raised ? errorView(raised) : null,
    traceback:
      failed && raised && failedLine !== null
        ? traceback(script.code[failedLine], failedLine, {
            stage: failed.stage,
            error: raised,
            isZip: kept !== null && isZip(kept.bytes),
            weightsOnly: program.weightsOnly === 'default',
          })
        : [],
    why: why(program, kept?.view ?? null, executed),
    accuracy: failed ? null : await accuracies(session, executed.model, kept?.accuracy ?? null),
    repairs: outcome === 'works' ? [] : repairsOf(program, failure),
  };
}

function run(
  defined: Defined,
  shelf: Shelf,
  program: LoadProgram,
  bytes = shelf.bytesOf(program.file),
): Executed {
  const network = program.layers === 'wider' ? widened(defined.network) : defined.network;
  return execute(program, classOfNetwork(network), bytes);
}

function outcomeOf(program: LoadProgram, { failed, keys }: Executed): LoadView['outcome'] {
  if (failed) return 'error';
  // Keys that found no place are lost as silently as layers that found no key.
  if (keys && keys.missing_keys.length + keys.unexpected_keys.length > 0) return 'silent';
  return program.how === 'model' && program.layers === 'wider' ? 'silent' : 'works';
}

function printed({ keys, model }: Executed): string | null {
  if (keys) return keys.repr;
  return model ? moduleRepr(model) : null;
}

/** Accuracy in evaluation on the page's points; `null` for a model that does not take them. */
async function accuracies(
  session: Session,
  model: Module | null,
  saved: number | null,
): Promise<LoadView['accuracy']> {
  if (!model) return null;
  try {
    return { loaded: await accuracy(session, model, 'eval', new Generator(0)), saved };
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

/** Only what was saved on this page can be saved again, the other way. */
function worksHere(defined: Defined, shelf: Shelf, resavable: boolean): (program: LoadProgram) => boolean {
  return (program) => {
    let bytes = shelf.bytesOf(program.file);
    if (!bytes && resavable && program.file === fileNames.state_dict)
      bytes = save(defined.model.stateDict(), fileNames.state_dict);
    return bytes !== null && outcomeOf(program, run(defined, shelf, program, bytes)) === 'works';
  };
}
