/** The learner's own project in the load lab: `main.py` makes the model and saves it. */
import { PythonError } from '../torch/errors';
import { type Layout, projectOf, runImport, tidy } from './project';
import type { ErrorView } from './views';

/** What of it is chosen beside the module the class lives in. */
export type SenderFiles = Pick<Layout, 'script' | 'classIn' | 'others'>;

export const firstSender: SenderFiles = { script: 'main.py', ...tidy };

export function senderLayout(files: SenderFiles, home: string, className: string): Layout {
  return { ...files, classHome: home, className, layers: 'same', forward: 'same' };
}

/** What `main.py` raises before it comes to `torch.save`; `null` where it has its class. */
export function senderError(layout: Layout): ErrorView | null {
  try {
    if (runImport(projectOf(layout), '/home/you/project', 'name') === 'class') return null;
    return { type: 'TypeError', message: "'module' object is not callable" };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { type: error.type, message: error.message };
  }
}
