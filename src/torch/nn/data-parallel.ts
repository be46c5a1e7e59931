/** `torch.nn.DataParallel` (torch/nn/parallel/data_parallel.py) where there is no GPU: it calls its module and nothing else. */
import type { Shape } from '../tensor';
import { Module } from './module';

export class DataParallel extends Module {
  static readonly kind = 'DataParallel';
  override readonly className = DataParallel.kind;
  override readonly moduleName = 'torch.nn.parallel.data_parallel';

  static of(module: Module): DataParallel {
    const parallel = new DataParallel();
    parallel.modules.set('module', module);
    parallel.attributes.set('device_ids', []);
    return parallel;
  }

  override outputShape(input: Shape): Shape {
    return this.child('module').outputShape(input);
  }
}
