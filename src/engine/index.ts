/** The engine's door: run a module, train it, on any level. */

export { cloneModule } from '../torch/nn/clone';
export type { Backend, EngineLevel } from './backend';
export * as eager from './eager';
export { type Observation, type RunOptions, runForward } from './forward';
export { layerPathOf, type Mask } from './graph/enter';
export { ReferenceBackend } from './reference/backend';
export type { NdArray } from './tensors';
export { type Batch, type StepsResult, Trainer, type TrainerOptions } from './trainer';
