/** The kernel's worker: nothing heavy or hostile runs on the page's thread. */
import { openLevels } from '../../engine/open-levels';
import { Kernel } from './kernel';
import type { KernelMessage, KernelRequest } from './protocol';

const post = (message: KernelMessage): void => postMessage(message);
const kernel = new Kernel({ opener: openLevels(), onView: (view) => post({ kind: 'view', view }) });

addEventListener('message', async ({ data }: MessageEvent<KernelRequest>) => {
  const { id } = data;
  try {
    if (data.kind === 'file') {
      post({ kind: 'file', id, blob: await kernel.fileBlob(data.name) });
    } else {
      await kernel.execute(data.statements, data.cell);
      post({ kind: 'done', id });
    }
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});
