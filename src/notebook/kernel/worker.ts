/** The kernel's worker: nothing heavy or hostile runs on the page's thread. */
import { openLevels } from '../../engine/open-levels';
import { holdLife } from '../../engine/worker-life';
import { answerOf } from './answer';
import { fileCode } from './file-code';
import { Kernel } from './kernel';
import type { KernelMessage, KernelRequest } from './protocol';

/** After the first forwards, which must not wait for it. */
const FETCH_FILE_CODE_MS = 2000;

const post = (message: KernelMessage): void => postMessage(message);
const kernel = new Kernel({ opener: openLevels(), onView: (view) => post({ kind: 'view', view }) });

addEventListener('message', async ({ data }: MessageEvent<KernelRequest>) => {
  if (!('id' in data)) {
    await holdLife(data.lock);
    post({ kind: 'living' });
    return;
  }
  const { id, ask } = data;
  try {
    post({ kind: 'answer', id, answer: await answerOf(kernel, ask) });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

// Where it cannot be fetched now, it is asked for again on use, and that says so.
setTimeout(() => fileCode().catch(() => undefined), FETCH_FILE_CODE_MS);
