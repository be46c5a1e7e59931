/** The network in evaluation as an ONNX file. What writes it is loaded with the first file. */
import type { Module } from '../torch/nn/module';
import type { Shape } from '../torch/tensor';

/** `input` is the shape of a batch. Raises what the layers raise, and `NotExportable` for a layer ONNX is not told of. */
export async function toOnnx(module: Module, input: Shape): Promise<Uint8Array> {
  const { exportOnnx } = await import('./onnx/export/export-onnx');
  return exportOnnx(module, input);
}
