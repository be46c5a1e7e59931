/** The kernel's worker: nothing heavy or hostile runs on the page's thread. */
import { openLevels } from '../../engine/open-levels';
import { fileCode } from './file-code';
import { Kernel } from './kernel';
import type { Answer, KernelMessage, KernelRequest } from './protocol';

/** After the first forwards, which must not wait for it. */
const FETCH_FILE_CODE_MS = 2000;

const post = (message: KernelMessage): void => postMessage(message);
const kernel = new Kernel({ opener: openLevels(), onView: (view) => post({ kind: 'view', view }) });

addEventListener('message', async ({ data }: MessageEvent<KernelRequest>) => {
  const { id } = data;
  try {
    post({ kind: 'answer', id, answer: await answer(data) });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

function answer(request: KernelRequest): Promise<Answer> {
  switch (request.kind) {
    case 'execute':
      return kernel.execute(request.statements, request.cell).then(() => undefined);
    case 'file':
      return kernel.fileBlob(request.name);
    case 'inspect':
      return kernel.inspect(request.request);
  }
}

// Where it cannot be fetched now, it is asked for again on use, and that says so.
setTimeout(() => fileCode().catch(() => undefined), FETCH_FILE_CODE_MS);
