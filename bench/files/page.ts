/** The page's end of the bench of files: hands the chosen file to a worker, as the notebook does. */

export type FileTask = 'list' | 'read' | 'load' | 'save';

export interface FileAnswer {
  readonly milliseconds: number;
  /** Tensors, elements or bytes: proof that it was done. */
  readonly count: number;
}

export interface FileProblem {
  readonly problem: string;
}

declare global {
  var filesPage: { run(task: FileTask): Promise<FileAnswer> } | undefined;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

globalThis.filesPage = {
  run: (task) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FileAnswer | FileProblem>) =>
        'problem' in data ? reject(new Error(data.problem)) : resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessageerror = () => reject(new Error('no answer'));
      const file = document.querySelector('input')?.files?.[0];
      if (file) worker.postMessage({ task, file });
      else reject(new Error('no file'));
    }),
};
addEventListener('unhandledrejection', ({ reason }) => console.error(String(reason)));
