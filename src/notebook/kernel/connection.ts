/** The page's line to one kernel, which answers until it ends. */
import type { KernelView } from '../views';
import type { Watch } from './inspect/inspections';
import type { Answer, Ask } from './protocol';

export interface Connection {
  /** In the order asked. Fails with `KernelEnded` when the kernel ends first, and once it has. */
  ask(ask: Ask, watch?: Watch): Promise<Answer>;
  /** Ends the kernel at once; what it was doing is lost. */
  end(reason: KernelEnded): void;
}

export type Connect = (onView: (view: KernelView) => void) => Connection;

/** The kernel is gone, and with it the model and the shelf. */
export class KernelEnded extends Error {
  override readonly name = 'KernelEnded';
}
