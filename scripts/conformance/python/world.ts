/** What a case runs in: its generator, whether it records, what it has warned of, and what it set for all that follows. */
import { eager } from '../../../src/engine';
import type { PyDevice } from '../../../src/torch/python/values';
import { Generator } from '../../../src/torch/random/generator';
import { defaultPrintOptions } from '../../../src/torch/repr/print-options';
import type { Warning } from '../../../src/torch/warnings';

export class World {
  readonly generator = new Generator(0);
  readonly warnings: Warning[] = [];
  readonly eager = eager.createEager(this.generator, (warning) => this.warnings.push(warning));
  printOptions = defaultPrintOptions;
  defaultDevice: PyDevice | null = null;
}
