/** What a kernel is asked, and what it does about it. */
import type { Watch } from './inspect/inspections';
import type { Kernel } from './kernel';
import type { Answer, Ask } from './protocol';

export function answerOf(kernel: Kernel, ask: Ask, watch: Watch): Promise<Answer> {
  switch (ask.kind) {
    case 'execute':
      return kernel.execute(ask.statements, ask.cell).then(() => undefined);
    case 'replay':
      return kernel.replay(ask.batches).then(() => undefined);
    case 'file':
      return kernel.fileBlob(ask.name);
    case 'inspect':
      return kernel.inspect(ask.request, watch);
  }
}
