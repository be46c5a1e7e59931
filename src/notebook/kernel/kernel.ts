/**
 * Executes statements one after the other and shows what became of the model. It owns the model, the generator and the
 * shelf; it knows no page, so it runs in a worker, inline where there is none, and in tests.
 */
import type { CodeContext } from '../code';
import { firstNotebook } from '../document';
import type { EngineLevel, LabCell, Statement } from '../statements';
import type { KernelView, LoadView } from '../views';
import type { TransferView } from '../views/transfer';
import { checkpoint } from './checkpoint';
import { Engines, type LevelOpener, levelErrorCode } from './engines';
import { fileCode } from './file-code';
import { optimizerUse, trainFor } from './fit';
import { feed, forwardFixed, redrawFixed, refreshFixed, warmUp } from './forward';
import type { InspectionAnswer, InspectionRequest, Watch } from './inspect/inspections';
import type { Inspector } from './inspect/inspector';
import { type Ending, Log } from './log';
import type { Batch } from './protocol';
import { Session } from './session';
import { Shelf } from './shelf';
import { kernelView } from './view';

export interface KernelOptions {
  readonly opener: LevelOpener | null;
  readonly onView: (view: KernelView) => void;
}

const fine: Ending = { error: null, refused: false };

export class Kernel {
  private readonly session = new Session();
  private readonly shelf = new Shelf();
  private inspector: Inspector | null = null;
  private readonly engines: Engines;
  private readonly onView: (view: KernelView) => void;
  private readonly log = new Log();
  private lastLoad: LoadView | null = null;
  private loads = 0;
  private transfer: TransferView | null = null;
  private transfers = 0;
  private replaying = false;
  private queue: Promise<void> = Promise.resolve();
  /** Asking for a GPU takes a while on some machines: nothing but a change of level waits for the answer. */
  private readonly probed: Promise<void>;
  /** The level chosen last, which may still be on its way. */
  private wanted: EngineLevel = 'reference';

  constructor({ opener, onView }: KernelOptions) {
    this.onView = onView;
    this.engines = new Engines(opener, () => this.show());
    this.probed = this.engines.probe();
  }

  /**
   * Runs the statements one after the other, up to the first that raises, and shows what became of them, once. PyTorch's
   * errors are part of the view, never thrown. A level that has to be loaded is waited for outside the queue: the page
   * goes on without it. `cell` is the lab that sent them.
   */
  async execute(statements: readonly Statement[], cell: LabCell | null = null): Promise<void> {
    for (const statement of statements) {
      if (statement.type === 'engine' && !(await this.prepared(statement.level))) return;
    }
    return this.queued(async () => {
      for (const statement of statements) {
        const { error } = await this.guarded(statement, cell);
        if (error) break;
      }
      this.show();
    });
  }

  /** Runs again, one after the other, what another kernel has run, and shows what came of all of it, once. */
  async replay(batches: readonly Batch[]): Promise<void> {
    this.replaying = true;
    try {
      for (const { statements, cell } of batches) await this.execute(statements, cell);
    } finally {
      this.replaying = false;
    }
    // Half of it is never shown: a shelf without its files would be taken for one they were discarded from.
    this.show();
  }

  /** A file on the shelf, for a download, after all that was sent before. */
  async fileBlob(name: string): Promise<Blob | null> {
    await this.queue;
    return this.shelf.blobOf(name);
  }

  /** What a file on the shelf holds, after all that was sent before. Long reading keeps no statement waiting. */
  async inspect(request: InspectionRequest, watch: Watch = {}): Promise<InspectionAnswer | null> {
    await this.queue;
    const { Inspector } = await fileCode();
    this.inspector ??= new Inspector((name) => this.shelf.sourceOf(name));
    return this.inspector.answer(request, watch);
  }

  private queued(run: () => Promise<void>): Promise<void> {
    const done = this.queue.then(run);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** True when the level is there and has not been overtaken by another choice. */
  private async prepared(level: EngineLevel): Promise<boolean> {
    this.wanted = level;
    await this.probed;
    const there = await this.engines.prepare(level, (backend) => warmUp(this.session, backend));
    return there && this.wanted === level;
  }

  /** A level that breaks in mid-run (a lost device) gives way to another, and the statement runs there from its start. */
  private async guarded(statement: Statement, cell: LabCell | null): Promise<Ending> {
    const context = this.codeContext(statement);
    const restore = checkpoint(this.session);
    try {
      const ending = await this.run(statement);
      if (isOfTheProgram(statement, ending)) this.log.record(statement, cell, context, ending);
      return ending;
    } catch (error) {
      const { level } = this.engines.current;
      if (level === 'reference' || levelErrorCode(error) === null) throw error;
      restore();
      this.engines.fail(level, error);
      return this.guarded(statement, cell);
    }
  }

  private async run(statement: Statement): Promise<Ending> {
    const { session, engines } = this;
    switch (statement.type) {
      case 'define':
        session.define(statement.network, statement.seed);
        if (!session.problem) this.transfer = null;
        return { ...fine, error: session.problem?.error ?? null };
      case 'mode':
        session.setMode(statement.mode);
        return fine;
      case 'forward':
        await forwardFixed(session, engines.current, statement.batchSize);
        return { ...fine, error: session.forwardError?.error ?? null };
      case 'feed':
        await feed(session, engines.current, statement.batchSize);
        return { ...fine, error: session.forwardError?.error ?? null };
      case 'fit':
        await trainFor(session, engines.current, statement.steps, statement.lr);
        if (!session.training.error) await refreshFixed(session, engines.current);
        return { ...fine, error: session.training.error };
      case 'save':
        this.forgetTransferOf(statement.file);
        return { ...fine, error: await this.shelf.save(session, statement) };
      case 'upload':
        this.forgetTransferOf(statement.file);
        await this.shelf.upload(statement.file, statement.data);
        return fine;
      case 'restore':
        await this.shelf.restore(statement.files);
        return fine;
      case 'copy':
        this.forgetTransferOf(statement.as);
        await this.shelf.copy(statement);
        return fine;
      case 'write':
        this.forgetTransferOf(statement.file);
        await this.shelf.write(statement);
        return fine;
      case 'discard':
        this.forgetTransferOf(statement.file);
        this.shelf.discard(statement.file);
        return fine;
      case 'load': {
        const { runLoad } = await fileCode();
        this.lastLoad = await runLoad(session, this.shelf, statement.program, ++this.loads);
        const error = this.lastLoad?.error ?? null;
        return { error, refused: this.lastLoad?.outcome === 'refused' };
      }
      case 'transfer': {
        const { runTransfer } = await fileCode();
        const { program } = statement;
        this.transfer = await runTransfer(session, this.shelf, engines.current, program, ++this.transfers);
        const error = this.transfer?.error ?? null;
        return { error, refused: error?.type === 'Refusal' };
      }
      case 'engine':
        engines.use(statement.level);
        await redrawFixed(session, engines.current);
        return fine;
    }
  }

  /** A file written anew answers for itself. */
  private forgetTransferOf(file: string): void {
    if (this.transfer?.program.file === file) this.transfer = null;
  }

  /** Read before the statement runs: running moves it on. */
  private codeContext(statement: Statement): CodeContext {
    const { feedFrom, data, training, defined, seed } = this.session;
    const lr = statement.type === 'fit' ? statement.lr : training.lr;
    const steps = training.loss.length;
    const network = defined?.network ?? firstNotebook.network;
    return { feedFrom, rows: data.n, steps, optimizer: optimizerUse(training, lr), network, seed };
  }

  private show(): void {
    if (this.replaying) return;
    const { session, shelf, engines, log, lastLoad, transfer } = this;
    const view = kernelView({ session, shelf, engines, log, load: lastLoad, transfer });
    if (view) this.onView(view);
  }
}

/** An edit that gives no network is shown at its card, and files that lay there before were put there by no program. */
function isOfTheProgram({ type }: Statement, { error }: Ending): boolean {
  return type !== 'restore' && !(type === 'define' && error);
}
