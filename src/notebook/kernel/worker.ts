/** The kernel's worker: nothing heavy or hostile runs on the page's thread. */
import { openLevels } from '../../engine/open-levels';
import { fileCode } from './file-code';
import { Kernel } from './kernel';
import type { KernelMessage, KernelRequest } from './protocol';

/** After the first forwards, which must not wait for it. */
const FETCH_FILE_CODE_MS = 2000;

const post = (message: KernelMessage): void => postMessage(message);
const kernel = new Kernel({ opener: openLevels(), onView: (view) => post({ kind: 'view', view }) });

addEventListener('message', async ({ data }: MessageEvent<KernelRequest>) => {
  const { id } = data;
  try {
    if (data.kind === 'file') {
      post({ kind: 'file', id, bytes: await kernel.fileBytes(data.name) });
    } else {
      await kernel.execute(data.statements, data.cell);
      post({ kind: 'done', id });
    }
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

// Where it cannot be fetched now, it is asked for again on use, and that says so.
setTimeout(() => fileCode().catch(() => undefined), FETCH_FILE_CODE_MS);
