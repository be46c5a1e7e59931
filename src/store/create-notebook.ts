/** The notebook's store: what is being edited, what the kernel shows, and the actions that send statements. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { firstNotebook, type NotebookState } from '../notebook/document';
import { copyName, fileNames } from '../notebook/file-names';
import { connectKernel, type KernelClient } from '../notebook/kernel/client';
import type {
  ExportFormat,
  InspectionKind,
  Inspections,
  Watch,
} from '../notebook/kernel/inspect/inspections';
import type { KernelNews } from '../notebook/kernel/lasting-kernel';
import type { LoadProgram } from '../notebook/load-program';
import type { NetworkSpec } from '../notebook/network';
import type { Reproduction } from '../notebook/pasted/reproduce';
import { type Layout, tidy } from '../notebook/project';
import { firstSender, type SenderFiles } from '../notebook/sender';
import type { LinkFault } from '../notebook/share/link';
import type { EngineLevel, HomeModule, LabCell, Mode, Saved, Statement } from '../notebook/statements';
import { FIRST_LR } from '../notebook/training-constants';
import type { TransferProgram } from '../notebook/transfer-program';
import type { KernelView } from '../notebook/views';
import type { Words } from '../notebook/views/words';
import type { Edge } from './edge';
import { type KeepFault, ShelfKeeper } from './file-keeper';
import { forgotten, type Guess, guessed, type LoadCases, recorded } from './load-cases';
import { keepSettings, type Settings } from './settings';

/** Steps of one tick of play, and the time a tick takes: charts are drawn at most five times a second. */
const PLAY_STEPS = 4;
const PLAY_PAUSE = 200;
/** What a learner does first comes before the code for links. */
const LINK_CODE_PAUSE = 2000;

export interface NotebookStore {
  /** `null` until the kernel has shown itself. */
  readonly view: KernelView | null;
  /** What is being edited; `view.network` is the last valid one. */
  readonly network: NetworkSpec;
  /** What the switch says; `view.mode` follows when the forward has been run. */
  readonly mode: Mode;
  readonly settings: Settings;
  readonly lr: number;
  readonly home: HomeModule;
  /** The learner's own project in the load lab, beside where the class lives. */
  readonly senderFiles: SenderFiles;
  /** The program chosen in the load lab, and the newest file then; `null` before any was. */
  readonly chosenLoad: { readonly program: LoadProgram; readonly newest: string | undefined } | null;
  readonly cases: LoadCases;
  readonly playing: boolean;
  /** Statements sent and not yet done. */
  readonly pending: number;
  /** Why the link this page was opened with opened nothing. */
  readonly linkFault: LinkFault | null;
  /** A file that was not taken, and why. */
  readonly uploadFault: { readonly file: string; readonly reason: 'unreadable' } | null;
  /** The kernel ended, and another does again, or has done again, what it had done. */
  readonly kernelNews: KernelNews | null;
  /** The file put last that the next visit will not have, and why. */
  readonly keepFault: KeepFault | null;
  /** A defect of this program: the page goes on, the kernel may not. */
  readonly crash: string | null;
  readonly actions: Actions;
}

export interface Actions {
  /** Opens a link's last part, or the first notebook without one; nothing where that is what was opened last. */
  start(link: string | null): Promise<void>;
  editNetwork(network: NetworkSpec): void;
  setSeed(seed: number): void;
  setMode(mode: Mode): void;
  /** To the other mode. */
  flip(): void;
  setBatchSize(batchSize: number): void;
  /** From the switch, or to draw another mask. */
  forward(cell: 'switch' | 'dropout'): void;
  feed(): void;
  fit(steps: number): void;
  play(): void;
  pause(): void;
  setLr(lr: number): void;
  /** A fresh model from the same seed. */
  resetModel(): void;
  setHome(home: HomeModule): void;
  /** Files of the learner's own project were moved, renamed or edited. A class of another name is a fresh model. */
  arrangeSender(layout: Layout): void;
  save(what: Saved): void;
  /** Gives the names of the files that were taken. */
  upload(files: Iterable<File>): Promise<readonly string[]>;
  download(name: string): Promise<void>;
  discard(name: string): void;
  /** Chooses a program to be looked at, guessed and run. */
  chooseLoad(program: LoadProgram): void;
  guess(program: LoadProgram, guess: Guess): void;
  /** The file as it is now, under a name of its own. */
  keepCopy(name: string): void;
  /** What a file on the shelf holds; `null` where it is not there, cannot be read, or `crash` tells why. */
  inspect<K extends InspectionKind>(
    about: K,
    ask: Inspections[K]['ask'],
    watch?: Watch,
  ): Promise<Inspections[K]['answer'] | null>;
  /** Hands the tensors of a file to the person as another kind of file; gives what became of them on the way. */
  exportFile(file: string, as: ExportFormat, watch?: Watch): Promise<readonly Words[]>;
  load(program: LoadProgram): void;
  /** Makes the file of a case, then chooses and runs its program. */
  reproduce(reproduction: Reproduction): void;
  transfer(program: TransferProgram): void;
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
    /** What `start` was last asked for. */
    let started: string | null | undefined;
    /** Each play has its own number: an earlier one ends when it is no longer the newest. */
    let plays = 0;

    const connect = (): Promise<KernelClient> => {
      kernel ??= connectKernel(
        (view) => {
          set({ view, ...newCase(view) });
          if (restored) keeper?.follow(view.shelf);
        },
        (kernelNews) => set({ kernelNews }),
      );
      return kernel;
    };

    /** After the first forward, which must not wait for it. */
    let keeper: ShelfKeeper | null = null;
    let restored = false;
    const restoreShelf = async (): Promise<void> => {
      if (keeper) return;
      const blobOf = async (name: string) => (await connect()).fileBlob(name).catch(() => null);
      keeper = new ShelfKeeper(edge.files(), blobOf, (keepFault) => set({ keepFault }));
      set((s) => ({ pending: s.pending + 1 }));
      const files = await keeper.earlier();
      if (files.length > 0) await send(null, { type: 'restore', files });
      set((s) => ({ pending: s.pending - 1 }));
      restored = true;
      const { view } = get();
      if (view) keeper.follow(view.shelf);
    };

    /** A load is news once: the view goes on showing it. */
    const newCase = ({ load }: KernelView): { cases?: LoadCases } => {
      if (!load || load.run === get().view?.load?.run) return {};
      return { cases: recorded(get().cases, load) };
    };
    const forget = (file?: string): void => set({ cases: forgotten(get().cases, file) });
    const forgetFilesOf = (statements: readonly Statement[]): void => {
      for (const statement of statements) {
        switch (statement.type) {
          case 'save':
          case 'write':
          case 'upload':
          case 'discard':
            forget(statement.file);
            break;
          case 'copy':
            forget(statement.as);
        }
      }
    };

    const send = async (cell: LabCell | null, ...statements: Statement[]): Promise<void> => {
      set((s) => ({ pending: s.pending + statements.length }));
      forgetFilesOf(statements);
      try {
        const client = await connect();
        await client.execute(statements, cell);
      } catch (error) {
        set({ crash: messageOf(error), playing: false });
      } finally {
        set((s) => ({ pending: s.pending - statements.length }));
      }
    };

    const forward = (): Statement => ({ type: 'forward', batchSize: chosen.batchSize });
    /** A fresh model is in train mode: a notebook in eval says so again. */
    const fresh = (): Statement[] => [
      { type: 'define', network: chosen.network, seed: chosen.seed },
      ...(chosen.mode === 'eval' ? [{ type: 'mode', mode: 'eval' } as const] : []),
      forward(),
    ];
    const restart = (cell: LabCell | null): void => {
      set({ playing: false });
      void send(cell, ...fresh());
    };

    const open = async (notebook: NotebookState): Promise<void> => {
      chosen = notebook;
      const { network, mode } = notebook;
      set({ network, mode, playing: false, cases: new Map(), chosenLoad: null });
      await send(null, ...fresh());
    };

    const actions: Actions = {
      async start(link) {
        if (started === link) return;
        started = link;
        // The kernel starts while the link is read.
        void connect();
        const opened = link === null ? { notebook: firstNotebook } : await (await linkCode()).readLink(link);
        set({ linkFault: 'fault' in opened ? opened.fault : null });
        // A bad link leaves an open notebook as it is.
        if ('notebook' in opened) await open(opened.notebook);
        else if (!get().view) await open(firstNotebook);
        void restoreShelf();
        // Fetched while there is a line; where that fails, sharing asks again and says so.
        void edge
          .pause(LINK_CODE_PAUSE)
          .then(linkCode)
          .catch(() => undefined);
      },
      editNetwork(network) {
        chosen = { ...chosen, network };
        set({ network });
        forget();
        restart('network');
      },
      setSeed(seed) {
        chosen = { ...chosen, seed };
        restart(null);
      },
      setMode(mode) {
        chosen = { ...chosen, mode };
        set({ mode });
        void send('switch', { type: 'mode', mode }, forward());
      },
      flip: () => actions.setMode(chosen.mode === 'train' ? 'eval' : 'train'),
      setBatchSize(batchSize) {
        chosen = { ...chosen, batchSize };
        void send('switch', forward());
      },
      forward: (cell) => void send(cell, forward()),
      feed: () => void send('batchnorm', { type: 'feed', batchSize: chosen.batchSize }),
      fit: (steps) => void send('train', { type: 'fit', steps, lr: get().lr }),
      async play() {
        const play = ++plays;
        set({ playing: true });
        while (get().playing && play === plays) {
          const tick = edge.pause(PLAY_PAUSE);
          await send('train', { type: 'fit', steps: PLAY_STEPS, lr: get().lr });
          if (get().view?.training.error) set({ playing: false });
          await tick;
        }
      },
      pause: () => set({ playing: false }),
      setLr: (lr) => set({ lr }),
      resetModel: () => restart('train'),
      setHome: (home) => set((s) => ({ home, senderFiles: { ...s.senderFiles, classIn: tidy.classIn } })),
      arrangeSender({ script, classHome, classIn, others, className }) {
        set({ home: classHome ?? '__main__', senderFiles: { script, classIn, others } });
        if (className !== chosen.network.className) actions.editNetwork({ ...chosen.network, className });
      },
      save: (what) => void send('save', { type: 'save', what, file: fileNames[what], home: get().home }),
      async upload(files) {
        set({ uploadFault: null });
        const taken: string[] = [];
        for (const file of files) {
          // A folder, and a file that may not be read, are told by their first byte: no more of it is read here.
          const start = await file
            .slice(0, 1)
            .arrayBuffer()
            .catch(() => null);
          if (start) {
            await send(null, { type: 'upload', file: file.name, data: file });
            taken.push(file.name);
          } else set({ uploadFault: { file: file.name, reason: 'unreadable' } });
        }
        return taken;
      },
      async download(name) {
        try {
          const data = await (await connect()).fileBlob(name);
          if (data) edge.saveFile(name, data);
        } catch (error) {
          set({ crash: messageOf(error) });
        }
      },
      discard: (name) => void send(null, { type: 'discard', file: name }),
      chooseLoad: (program) => set({ chosenLoad: { program, newest: get().view?.shelf.at(-1)?.name } }),
      guess: (program, guess) => set({ cases: guessed(get().cases, program, guess) }),
      keepCopy(name) {
        const as = copyName(name, get().view?.shelf.map((file) => file.name) ?? []);
        void send(null, { type: 'copy', file: name, as });
      },
      async inspect(about, ask, watch) {
        try {
          return await (await connect()).inspect(about, ask, watch);
        } catch (error) {
          set({ crash: messageOf(error) });
          return null;
        }
      },
      async exportFile(file, as, watch) {
        const made = await actions.inspect('export', { file, as }, watch);
        if (made?.name && made.data) edge.saveFile(made.name, made.data);
        return made?.notes ?? [];
      },
      load: (program) => void send('load', { type: 'load', program }),
      reproduce({ statements, program }) {
        set({ chosenLoad: { program, newest: program.file } });
        void send('load', ...statements, { type: 'load', program });
      },
      transfer: (program) => void send('transfer', { type: 'transfer', program }),
      setEngine: (level) => void send(null, { type: 'engine', level }),
      async shareLink() {
        return `${edge.pageAddress()}#/n/${await (await linkCode()).writeLink(chosen)}`;
      },
      change(change) {
        const settings = { ...get().settings, ...change };
        keepSettings(edge, settings);
        set({ settings });
      },
      dismissFault: () => set({ linkFault: null, uploadFault: null, kernelNews: null }),
    };

    return {
      view: null,
      network: firstNotebook.network,
      mode: firstNotebook.mode,
      settings,
      lr: FIRST_LR,
      home: '__main__',
      senderFiles: firstSender,
      chosenLoad: null,
      cases: new Map(),
      playing: false,
      pending: 0,
      linkFault: null,
      uploadFault: null,
      kernelNews: null,
      keepFault: null,
      crash: null,
      actions,
    };
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Links are read and written by code, and a schema, that a page opened without one does not need. */
const linkCode = () => import('../notebook/share/link');
