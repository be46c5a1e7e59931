/** The page's end of the kernel: in a worker where there is one, inline where there is none. */
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';
import type { InspectionKind, InspectionRequest, Inspections, Watch } from './inspect/inspections';
import { type KernelNews, LastingKernel } from './lasting-kernel';
import type { Answer, Ask } from './protocol';
import { WorkerConnection } from './worker-connection';

export interface KernelClient {
  /** Runs statements together: their result is shown once. Fails only where this program is at fault. */
  execute(statements: readonly Statement[], cell: LabCell | null): Promise<void>;
  fileBlob(name: string): Promise<Blob | null>;
  /** Asks about a file on the shelf, after all that was sent before; `null` where it is not there, or cannot be read. */
  inspect<K extends InspectionKind>(
    about: K,
    ask: Inspections[K]['ask'],
    watch?: Watch,
  ): Promise<Inspections[K]['answer'] | null>;
}

/** `onNews` tells of a kernel that ended and of the one that takes its place. */
export async function connectKernel(
  onView: (view: KernelView) => void,
  onNews: (news: KernelNews | null) => void,
): Promise<KernelClient> {
  if (typeof Worker === 'undefined') return inlineKernel(onView);
  const kernel = new LastingKernel((show) => new WorkerConnection(show), onView, onNews);
  return client((ask, watch) => kernel.ask(ask, watch));
}

async function inlineKernel(onView: (view: KernelView) => void): Promise<KernelClient> {
  const [{ Kernel }, { answerOf }] = await Promise.all([import('./kernel'), import('./answer')]);
  const kernel = new Kernel({ opener: null, onView });
  return client((ask, watch = {}) => answerOf(kernel, ask, watch));
}

function client(ask: (ask: Ask, watch?: Watch) => Promise<Answer>): KernelClient {
  return {
    async execute(statements, cell) {
      await ask({ kind: 'execute', statements, cell });
    },
    fileBlob: (name) => ask({ kind: 'file', name }) as Promise<Blob | null>,
    inspect: <K extends InspectionKind>(about: K, what: Inspections[K]['ask'], watch?: Watch) =>
      ask({ kind: 'inspect', request: { about, ...what } as InspectionRequest }, watch) as Promise<
        Inspections[K]['answer'] | null
      >,
  };
}
