/** What `torch.compile(model)` gives (torch/_dynamo/eval_frame.py): the same model, its keys behind `_orig_mod.` */
import type { Shape } from '../tensor';
import { Module } from './module';

export class OptimizedModule extends Module {
  override readonly className = 'OptimizedModule';
  override readonly moduleName = 'torch._dynamo.eval_frame';

  static of(module: Module): OptimizedModule {
    const compiled = new OptimizedModule();
    compiled.training = module.training;
    compiled.modules.set('_orig_mod', module);
    return compiled;
  }

  override outputShape(input: Shape): Shape {
    return this.child('_orig_mod').outputShape(input);
  }
}
