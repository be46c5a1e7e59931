/** The session before a statement, so that a level that breaks half way can be replaced and the statement run again. */
import type { Tensor } from '../../torch/tensor';
import type { Session } from './session';

/** Undoes everything since `checkpoint`: values in place, so that who holds a tensor still holds the right one. */
export type Restore = () => void;

export function checkpoint(session: Session): Restore {
  const { generator, training, defined } = session;
  const state = generator.getState();
  const { draws } = generator;
  const { feedFrom, batchSize, forward, forwardError } = session;
  const batchNorm = [...session.batchNorm];
  const pending = [...training.pending];
  const [losses, accuracies] = [training.loss.length, training.accuracy.length];
  const optimizerStates = new Map(
    [...(training.optimizer?.state ?? [])].map(([p, own]) => [p, new Map(own)]),
  );

  const tensors: Tensor[] = [];
  for (const [, module] of defined?.model.namedModules() ?? []) {
    for (const tensor of [...module.parameters.values(), ...module.buffers.values()])
      if (tensor) tensors.push(tensor);
  }
  for (const own of optimizerStates.values()) tensors.push(...own.values());
  const values = tensors.map((tensor) => [tensor, tensor.storage.bytes.slice()] as const);

  return () => {
    generator.setState(state);
    generator.draws = draws;
    Object.assign(session, { feedFrom, batchSize, forward, forwardError });
    session.batchNorm.clear();
    for (const [id, memory] of batchNorm) session.batchNorm.set(id, memory);
    training.pending.splice(0, training.pending.length, ...pending);
    training.loss.length = losses;
    training.accuracy.length = accuracies;
    training.trainer = null;
    if (training.optimizer) {
      training.optimizer.state.clear();
      for (const [parameter, own] of optimizerStates) training.optimizer.state.set(parameter, own);
    }
    for (const [tensor, bytes] of values) tensor.storage.bytes.set(bytes);
  };
}
