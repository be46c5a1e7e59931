/** The kernel's worker: nothing heavy or hostile runs on the page's thread. */
import { openLevels } from '../../engine/open-levels';
import { holdLife } from '../../engine/worker-life';
import { answerOf } from './answer';
import { fileCode } from './file-code';
import { Kernel } from './kernel';
import type { Ask, KernelMessage, KernelRequest } from './protocol';

/** After the first forwards, which must not wait for it. */
const FETCH_FILE_CODE_MS = 2000;

const post = (message: KernelMessage): void => postMessage(message);
const underWay = new Map<number, AbortController>();
const kernel = new Kernel({ opener: openLevels(), onView: (view) => post({ kind: 'view', view }) });

addEventListener('message', async ({ data }: MessageEvent<KernelRequest>) => {
  switch (data.kind) {
    case 'live':
      await holdLife(data.lock);
      post({ kind: 'living' });
      return;
    case 'cancel':
      underWay.get(data.id)?.abort();
      return;
    case 'ask':
      await answer(data.id, data.ask);
  }
});

async function answer(id: number, ask: Ask): Promise<void> {
  const controller = new AbortController();
  underWay.set(id, controller);
  const onProgress = (done: number, total: number): void => post({ kind: 'progress', id, done, total });
  try {
    post({
      kind: 'answer',
      id,
      answer: await answerOf(kernel, ask, { signal: controller.signal, onProgress }),
    });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  } finally {
    underWay.delete(id);
  }
}

// Where it cannot be fetched now, it is asked for again on use, and that says so.
setTimeout(() => fileCode().catch(() => undefined), FETCH_FILE_CODE_MS);
