/** What each library does here, from the same weights on the same batches with the same masks. */
import type { Workload } from './workload';

export interface Contender {
  /** Makes its backend the current one, outside the time that is taken. */
  select?(): Promise<void>;
  /** Training steps from where the last call ended, their masks drawn on the way; the loss of each, read at the end. */
  train(steps: number): Promise<Float32Array>;
  /** The network as it stands, in evaluation, on the first batch, `times` over; each output is read. */
  forward(times: number): Promise<Float32Array>;
}

export interface Entry {
  readonly name: string;
  /** Times on a GPU that is emulated compare only with each other. */
  readonly device: 'cpu' | 'gpu';
  open(workload: Workload): Promise<Contender>;
}
