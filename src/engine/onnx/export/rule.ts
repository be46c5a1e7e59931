/** What an exported model is made of: a rule per layer class. */
import type { Module } from '../../../torch/nn/module';
import type { Shape } from '../../../torch/tensor';
import type { ModelWriter } from './model-writer';

/** Writes one layer on `x` of this shape; the name of its result. */
export type ExportRule<M extends Module = Module> = (
  layer: M,
  x: string,
  shape: Shape,
  writer: ModelWriter,
) => string;

/** A layer that has no place in an exported model. */
export class NotExportable extends Error {
  readonly className: string;
  constructor(className: string) {
    super(`nn.${className} is not exported to ONNX`);
    this.name = 'NotExportable';
    this.className = className;
  }
}
