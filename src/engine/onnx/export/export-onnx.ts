/**
 * `torch.onnx.export(model.eval(), ...)`: the network in evaluation as a model that others read, of the operators they
 * know (Gemm, Conv, BatchNormalization), weights under their state_dict keys, any batch size. IR version 10, opset 21.
 * The models the engine runs are made elsewhere, of primitives and for one batch size.
 */
import type { Module } from '../../../torch/nn/module';
import { numelOf, type Shape } from '../../../torch/tensor';
import { layerCalls } from '../../graph/calls';
import { tensorsByKey } from '../../graph/lowering';
import { exportRuleOf } from './layers';
import { ModelWriter } from './model-writer';

/**
 * `input` is the shape of a batch, of which the first axis may be any size. Raises what the layers raise for this shape,
 * and `NotExportable` for a layer that has no rule.
 */
export function exportOnnx(root: Module, input: Shape): Uint8Array<ArrayBuffer> {
  const keys = new Map([...tensorsByKey(root)].map(([key, tensor]) => [tensor, key]));
  const writer = new ModelWriter(keys);
  let shape = input;
  let x = 'input';
  for (const call of layerCalls(root)) {
    if ('module' in call) {
      x = exportRuleOf(call.module)(call.module, x, shape, writer);
      shape = call.module.outputShape(shape);
    } else if (call.apply === 'flatten') {
      x = writer.node('Flatten', [x], { axis: 1n });
      shape = [shape[0], numelOf(shape.slice(1))];
    } else x = writer.node('Relu', [x]);
  }
  return writer.bytes(root.className, input, shape, x);
}
