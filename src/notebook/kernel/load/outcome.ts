/** How a load ended; what nobody reports is told here by name. */
import { Module } from '../../../torch/nn/module';
import { UserModule } from '../../../torch/program/user-module';
import { Refusal } from '../../../torch/serialization/refusal';
import type { LoadProgram } from '../../load-program';
import { classAt, type ProjectClass, projectOf } from '../../project';
import type { LoadOutcome } from '../../views';
import type { Executed } from './execute';

/** Damage without an error: each id has a sentence of its own. */
export type Damage =
  | 'silent_forgotten'
  | 'silent_partial'
  | 'silent_ignored'
  | 'silent_wider'
  | 'silent_forward'
  | 'silent_train';

/** Of a program that did not fail. */
export function damageOf(program: LoadProgram, { model, keys }: Executed): Damage | null {
  if (program.how === 'forgotten') return 'silent_forgotten';
  if (keys && keys.missing_keys.length > 0) return 'silent_partial';
  // Values that found no place are lost as silently as layers that found no value.
  if (keys && keys.unexpected_keys.length > 0) return 'silent_ignored';
  const own = keys !== null ? program : classOf(program, model);
  if (program.how === 'model' && own && own.layers !== 'same') return 'silent_wider';
  if (own?.forward === 'other') return 'silent_forward';
  return model?.training ? 'silent_train' : null;
}

/** The friend's class of a model that came whole: the file decides which. */
function classOf(program: LoadProgram, model: Executed['model']): ProjectClass | null {
  if (!(model instanceof UserModule)) return null;
  return classAt(projectOf(program), model.moduleName, model.className);
}

export function outcomeOf(program: LoadProgram, executed: Executed): LoadOutcome {
  const { failed } = executed;
  if (failed) return failed.error instanceof Refusal ? 'refused' : 'error';
  return damageOf(program, executed) === null ? 'works' : 'silent';
}

/** The model that answers: what DataParallel and torch.compile put around it gives its numbers unchanged. */
export function innerModel(module: Module): Module {
  const inner = module.modules.get('module') ?? module.modules.get('_orig_mod');
  const isWrapper = module.className === 'DataParallel' || module.className === 'OptimizedModule';
  return isWrapper && inner instanceof Module ? inner : module;
}
