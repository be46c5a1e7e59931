/**
 * Cross entropy. Class indices, class weights, label smoothing, ignored targets and the mean's divisor are all one
 * matrix: how much each -log_softmax counts. So the graph only knows `-(target * log_softmax(output)).sum()`, and for the
 * plain mean the target is the one-hot matrix divided by N.
 */
import { type CrossEntropyLoss, classAxis, targetIndices } from '../../../torch/nn/cross-entropy-loss';
import { numelOf, type Shape, type Tensor } from '../../../torch/tensor';
import { asFloat32 } from '../../tensors';
import { lowerLogSoftmax } from '../log-softmax';
import type { EncodedTarget, LossRule } from './rule';

export const crossEntropy: LossRule<CrossEntropyLoss> = {
  encode(loss, output, target, dtype) {
    loss.checkTarget(output, target, dtype);
    return loss.takesProbabilities(output, target)
      ? encodeProbabilities(loss, output, target)
      : encodeIndices(loss, output, target);
  },
  variant: (loss) => (loss.reduction === 'none' ? 'none' : 'sum'),
  lower(loss, output, target, builder) {
    const shape = builder.shapeOf(output);
    const axis = classAxis(shape);
    const counted = builder.mul(target, lowerLogSoftmax(builder, output, axis));
    const axes = loss.reduction === 'none' ? [axis] : shape.map((_, i) => i);
    return builder.neg(builder.reduceSum(counted, axes));
  },
};

function classWeights(loss: CrossEntropyLoss, classes: number): Float32Array {
  return loss.weight ? asFloat32(loss.weight) : new Float32Array(classes).fill(1);
}

/** torch/nn/functional.py, cross_entropy: with smoothing s, every class gets s/C and the target's own 1 - s more. */
function encodeIndices(loss: CrossEntropyLoss, output: Shape, target: Tensor): EncodedTarget {
  const axis = classAxis(output);
  const classes = output[axis];
  const inner = numelOf(output.slice(axis + 1));
  const weights = classWeights(loss, classes);
  const smoothing = loss.labelSmoothing;
  const counted = new Float64Array(numelOf(output));
  const indices = targetIndices(target);
  const used = indices.filter((index) => index !== loss.ignoreIndex);
  const total = used.reduce((sum, index) => sum + weights[index], 0);
  const divisor = loss.reduction === 'mean' ? total : 1;
  for (const [i, index] of indices.entries()) {
    if (index === loss.ignoreIndex) continue;
    const first = Math.floor(i / inner) * classes * inner + (i % inner);
    for (let c = 0; c < classes; c++) {
      const own = c === index ? 1 - smoothing : 0;
      counted[first + c * inner] = ((smoothing / classes + own) * weights[c]) / divisor;
    }
  }
  const empty = loss.reduction === 'mean' && used.length === 0;
  return { shape: output, values: Float32Array.from(counted), empty };
}

function encodeProbabilities(loss: CrossEntropyLoss, output: Shape, target: Tensor): EncodedTarget {
  const axis = classAxis(output);
  const classes = output[axis];
  const inner = numelOf(output.slice(axis + 1));
  const weights = classWeights(loss, classes);
  const smoothing = loss.labelSmoothing;
  const divisor = loss.reduction === 'mean' ? numelOf(output) / classes : 1;
  const values = asFloat32(target).map((probability, i) => {
    const smoothed = probability * (1 - smoothing) + smoothing / classes;
    return (smoothed * weights[Math.floor(i / inner) % classes]) / divisor;
  });
  return { shape: output, values, empty: divisor === 0 };
}
