/** What the engine knows of a layer class. */
import type { DType } from '../../../torch/dtype';
import type { Module } from '../../../torch/nn/module';
import type { Generator } from '../../../torch/random/generator';
import type { Shape } from '../../../torch/tensor';
import type { Warn } from '../../../torch/warnings';
import type { Mask } from '../enter';
import type { ValueId } from '../graph';
import type { Lowering } from '../lowering';

/** What a call begins with. */
export interface CallStart {
  readonly path: string;
  readonly input: Shape;
  readonly dtype: DType;
  readonly generator: Generator;
  readonly warn: Warn;
}

/** What a call leaves behind before any number is computed. */
export interface CallEffects {
  readonly output: Shape;
  /** Values of the inputs that `lower` asks for besides parameters and buffers. */
  readonly feeds?: readonly (readonly [string, Float32Array])[];
  /** What Dropout drew. */
  readonly mask?: Mask;
}

export interface LayerRule<M extends Module = Module> {
  /** Does what PyTorch's call does besides arithmetic, in its order: checks that raise, draws, counts. */
  enter(layer: M, call: CallStart): CallEffects;
  /** Everything besides shapes of tensors that decides which nodes `lower` makes. */
  variant(layer: M): string;
  lower(layer: M, path: string, x: ValueId, lowering: Lowering): ValueId;
}

/** A call that only looks at what it is given. */
export function enterByShape(layer: Module, { input, dtype, warn }: CallStart): CallEffects {
  return { output: layer.outputShape(input, dtype, warn) };
}
