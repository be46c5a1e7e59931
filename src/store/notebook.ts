/** The notebook's one store: what is being edited, what the kernel shows, and the actions that send statements. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { firstNotebook, type NotebookState } from '../notebook/document';
import { connectKernel, type KernelClient } from '../notebook/kernel/client';
import type { LoadProgram } from '../notebook/load-program';
import type { NetworkSpec } from '../notebook/network';
import { type LinkFault, readLink, writeLink } from '../notebook/share/link';
import type { EngineLevel, HomeModule, Mode, Statement } from '../notebook/statements';
import type { KernelView } from '../notebook/views';
import { browserEdge, type Edge } from './edge';
import { keepSettings, readSettings, type Settings } from './settings';

/** Steps of one tick of play, and the time a tick takes: charts are drawn at most five times a second. */
const PLAY_STEPS = 4;
const PLAY_PAUSE = 200;
/** A larger upload would not fit the memory of a small machine twice. */
export const MAX_UPLOAD = 256 * 1024 * 1024;

/** Names of the two files, as the tutorial has them. */
export const fileNames = { state_dict: 'tudui_parameter.pth', model: 'tudui_whole_model.pth' } as const;

export interface NotebookStore {
  /** `null` until the kernel has shown itself. */
  readonly view: KernelView | null;
  /** What is being edited; `view.network` is the last valid one. */
  readonly network: NetworkSpec;
  readonly settings: Settings;
  readonly lr: number;
  readonly home: HomeModule;
  readonly playing: boolean;
  /** Statements sent and not yet done. */
  readonly pending: number;
  /** Why the link this page was opened with opened nothing. */
  readonly linkFault: LinkFault | null;
  /** A file that was not taken, and why. */
  readonly uploadFault: { readonly file: string; readonly reason: 'too-large' | 'unreadable' } | null;
  /** A defect of this program: the page goes on, the kernel may not. */
  readonly crash: string | null;
  readonly actions: Actions;
}

export interface Actions {
  /** Opens a link's last part, or the first notebook without one. */
  start(link: string | null): Promise<void>;
  editNetwork(network: NetworkSpec): void;
  setSeed(seed: number): void;
  setMode(mode: Mode): void;
  setBatchSize(batchSize: number): void;
  forward(): void;
  feed(): void;
  fit(steps: number): void;
  play(): void;
  pause(): void;
  setLr(lr: number): void;
  /** A fresh model from the same seed. */
  resetModel(): void;
  setHome(home: HomeModule): void;
  save(what: 'state_dict' | 'model'): void;
  upload(files: Iterable<File>): Promise<void>;
  download(name: string): Promise<void>;
  discard(name: string): void;
  load(program: LoadProgram): void;
  setEngine(level: EngineLevel): void;
  /** The address that opens this notebook. */
  shareLink(): Promise<string>;
  change(settings: Partial<Settings>): void;
  dismissFault(): void;
}

export function createNotebook(edge: Edge, settings: Settings): UseBoundStore<StoreApi<NotebookStore>> {
  return create<NotebookStore>((set, get) => {
    let kernel: Promise<KernelClient> | null = null;
    // What the learner has chosen, ahead of the kernel's view while statements are on their way.
    let chosen: NotebookState = firstNotebook;

    const connect = (): Promise<KernelClient> => {
      kernel ??= connectKernel((view) => set({ view }));
      return kernel;
    };

    const send = async (...statements: Statement[]): Promise<void> => {
      set((s) => ({ pending: s.pending + statements.length }));
      try {
        const client = await connect();
        await client.execute(...statements);
      } catch (error) {
        set({ crash: error instanceof Error ? error.message : String(error), playing: false });
      } finally {
        set((s) => ({ pending: s.pending - statements.length }));
      }
    };

    const forward = (): Statement => ({ type: 'forward', batchSize: chosen.batchSize });
    const define = (): Statement => ({ type: 'define', network: chosen.network, seed: chosen.seed });

    const open = async (notebook: NotebookState): Promise<void> => {
      chosen = notebook;
      set({ network: notebook.network, playing: false });
      await send({ type: 'mode', mode: notebook.mode }, define(), forward());
    };

    const actions: Actions = {
      async start(link) {
        const opened = link === null ? { notebook: firstNotebook } : await readLink(link);
        set({ linkFault: 'fault' in opened ? opened.fault : null });
        // A bad link leaves an open notebook as it is.
        if ('notebook' in opened) await open(opened.notebook);
        else if (!get().view) await open(firstNotebook);
      },
      editNetwork(network) {
        chosen = { ...chosen, network };
        set({ network, playing: false });
        void send(define(), forward());
      },
      setSeed(seed) {
        chosen = { ...chosen, seed };
        set({ playing: false });
        void send(define(), forward());
      },
      setMode(mode) {
        chosen = { ...chosen, mode };
        void send({ type: 'mode', mode }, forward());
      },
      setBatchSize(batchSize) {
        chosen = { ...chosen, batchSize };
        void send(forward());
      },
      forward: () => void send(forward()),
      feed: () => void send({ type: 'feed', batchSize: chosen.batchSize }),
      fit: (steps) => void send({ type: 'fit', steps, lr: get().lr }),
      async play() {
        if (get().playing) return;
        set({ playing: true });
        while (get().playing) {
          const tick = edge.pause(PLAY_PAUSE);
          await send({ type: 'fit', steps: PLAY_STEPS, lr: get().lr });
          if (get().view?.training.error) set({ playing: false });
          await tick;
        }
      },
      pause: () => set({ playing: false }),
      setLr: (lr) => set({ lr }),
      resetModel() {
        set({ playing: false });
        void send(define(), forward());
      },
      setHome: (home) => set({ home }),
      save: (what) => void send({ type: 'save', what, file: fileNames[what], home: get().home }),
      async upload(files) {
        for (const file of files) {
          if (file.size > MAX_UPLOAD) {
            set({ uploadFault: { file: file.name, reason: 'too-large' } });
            continue;
          }
          const bytes = await file.arrayBuffer().catch(() => null);
          set({ uploadFault: bytes ? null : { file: file.name, reason: 'unreadable' } });
          if (bytes) await send({ type: 'upload', file: file.name, bytes: new Uint8Array(bytes) });
        }
      },
      async download(name) {
        const bytes = await (await connect()).fileBytes(name);
        if (bytes) edge.saveFile(name, bytes);
      },
      discard: (name) => void send({ type: 'discard', file: name }),
      load: (program) => void send({ type: 'load', program }),
      setEngine: (level) => void send({ type: 'engine', level }),
      async shareLink() {
        return `${edge.pageAddress()}#/n/${await writeLink(chosen)}`;
      },
      change(change) {
        const settings = { ...get().settings, ...change };
        keepSettings(edge, settings);
        set({ settings });
      },
      dismissFault: () => set({ linkFault: null, uploadFault: null }),
    };

    return {
      view: null,
      network: firstNotebook.network,
      settings,
      lr: 0.1,
      home: '__main__',
      playing: false,
      pending: 0,
      linkFault: null,
      uploadFault: null,
      crash: null,
      actions,
    };
  });
}

/** The page's notebook. */
export const useNotebook = createNotebook(
  browserEdge,
  readSettings(
    browserEdge,
    new URLSearchParams(globalThis.location?.search ?? ''),
    globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false,
  ),
);
