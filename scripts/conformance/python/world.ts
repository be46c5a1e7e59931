/** What a case runs in: its generator, its backend, and what it has warned of. */
import type { Backend } from '../../../src/engine';
import { Generator } from '../../../src/torch/random/generator';
import { defaultPrintOptions } from '../../../src/torch/repr/print-options';
import type { Warning } from '../../../src/torch/warnings';

export class World {
  readonly generator = new Generator(0);
  readonly backend: Backend;
  readonly warnings: Warning[] = [];
  gradEnabled = true;
  printOptions = defaultPrintOptions;

  constructor(backend: Backend) {
    this.backend = backend;
  }
}
