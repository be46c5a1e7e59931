/** The learner's program while it runs: the model, its stream of random numbers, and what the figures remember of it. */
import type { Dataset } from '../../torch/data/dataset';
import { twoMoons } from '../../torch/data/moons';
import type { ClassSpec } from '../../torch/program/class-spec';
import type { UserModule } from '../../torch/program/user-module';
import { Generator } from '../../torch/random/generator';
import { firstNotebook } from '../document';
import type { NetworkSpec } from '../network';
import type { Mode } from '../statements';
import type { BatchNormView, ErrorView, ForwardView, NetworkView, ProblemView } from '../views';
import { define } from './define';
import { freshTraining, type TrainingState } from './fit';

/** The last valid network and its model. */
export interface Defined {
  readonly network: NetworkSpec;
  readonly spec: ClassSpec;
  readonly model: UserModule;
  readonly view: NetworkView;
}

export class Session {
  readonly data: Dataset = twoMoons;
  readonly generator = new Generator(0);
  defined: Defined | null = null;
  problem: ProblemView | null = null;
  seed = 0;
  mode: Mode = 'train';
  batchSize = 8;
  /** First row of the next `feed`. */
  feedFrom = 0;
  forward: ForwardView | null = null;
  /** Model and stream as they were before the forward that is shown: another level redraws this very forward. */
  shown: { readonly model: UserModule; readonly state: Uint8Array } | null = null;
  forwardError: { readonly layerId: string | null; readonly error: ErrorView } | null = null;
  /** Per BatchNorm layer, by card id. */
  readonly batchNorm = new Map<string, BatchNormMemory>();
  training: TrainingState = freshTraining();

  /**
   * `torch.manual_seed(seed); tudui = Net()`, in train mode as every fresh module. An invalid network leaves all as it was;
   * where there is nothing yet, the first notebook's network is what the page stands on.
   */
  define(network: NetworkSpec, seed: number): void {
    const generator = new Generator(seed);
    const definition = define(network, [this.batchSize, this.data.features], generator);
    if ('problem' in definition) {
      if (!this.defined) this.define(firstNotebook.network, seed);
      this.problem = definition.problem;
      return;
    }
    this.problem = null;
    this.defined = { network, ...definition };
    this.seed = seed;
    this.generator.setState(generator.getState());
    this.generator.draws = generator.draws;
    this.mode = 'train';
    this.feedFrom = 0;
    this.forward = null;
    this.shown = null;
    this.forwardError = null;
    this.batchNorm.clear();
    this.training = freshTraining();
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    this.defined?.model.train(mode === 'train');
  }

  /** Card id of an attribute of `class Net`: modules are known by path, cards by id. */
  cardOf(path: string): string | null {
    return this.defined?.view.layers.find(({ attribute }) => attribute === path)?.id ?? null;
  }
}

/** What a BatchNorm figure needs beyond the layer's own buffers. */
export interface BatchNormMemory {
  batch: BatchNormView['batch'];
  before: BatchNormView['before'];
  history: BatchNormView['history'];
}
