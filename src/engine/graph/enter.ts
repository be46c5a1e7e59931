/** Goes through a forward call by call, doing everything that is not arithmetic: checks, draws, counts. */
import type { DType } from '../../torch/dtype';
import type { Module } from '../../torch/nn/module';
import type { Generator } from '../../torch/random/generator';
import { numelOf, type Shape } from '../../torch/tensor';
import { silent, type Warn } from '../../torch/warnings';
import { type LayerCall, layerCalls } from './calls';
import { ruleOf } from './layers';
import type { CallEffects, CallStart } from './layers/rule';

export interface Mask {
  /** Of the input; of Dropout2d (N, C), an element a channel. */
  readonly shape: Shape;
  /** 1 kept, 0 dropped, row-major. */
  readonly kept: Uint8Array;
}

export interface EnteredForward {
  readonly input: Shape;
  /** The calls that can be computed: all of them, or those before the one that raised. */
  readonly calls: readonly LayerCall[];
  /** By call path, in order. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly masks: ReadonlyMap<string, Mask>;
  /** Graph inputs besides batch, target, parameters and buffers. */
  readonly feeds: ReadonlyMap<string, Float32Array>;
  /** What the next call raised. PyTorch runs call by call, so what came before has happened. */
  readonly failure: { readonly error: unknown } | null;
}

const raisedAt = new WeakMap<object, string>();

/** Path of the layer whose call raised this error, if a layer's call did. */
export function layerPathOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? raisedAt.get(error) : undefined;
}

export interface EnterOptions {
  /** Of the input. Default float32. */
  readonly dtype?: DType;
  readonly warn?: Warn;
}

export function enterForward(
  root: Module,
  input: Shape,
  generator: Generator,
  { dtype = 'float32', warn = silent }: EnterOptions = {},
): EnteredForward {
  const calls: LayerCall[] = [];
  const shapes = new Map<string, Shape>();
  const masks = new Map<string, Mask>();
  const feeds = new Map<string, Float32Array>();
  let shape = input;
  let type = dtype;
  let failure: EnteredForward['failure'] = null;
  try {
    for (const call of layerCalls(root)) {
      const effects = enterCall(call, { path: call.path, input: shape, dtype: type, generator, warn });
      if (effects.mask) masks.set(call.path, effects.mask);
      for (const [name, values] of effects.feeds ?? []) feeds.set(name, values);
      shape = effects.output;
      if ('module' in call) type = call.module.outputDtype(type);
      calls.push(call);
      shapes.set(call.path, shape);
    }
  } catch (error) {
    failure = { error };
  }
  return { input, calls, shapes, masks, feeds, failure };
}

/** One call of a forward. Raises what it raises, which `layerPathOf` then tells the place of. */
export function enterCall(call: LayerCall, start: CallStart): CallEffects {
  if ('apply' in call) {
    const { input } = start;
    return { output: call.apply === 'flatten' ? [input[0], numelOf(input.slice(1))] : input };
  }
  try {
    return ruleOf(call.module).enter(call.module, start);
  } catch (error) {
    if (typeof error === 'object' && error !== null) raisedAt.set(error, call.path);
    throw error;
  }
}
