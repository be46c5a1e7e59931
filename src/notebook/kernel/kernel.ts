/**
 * Executes statements one after the other and shows what became of the model. It owns the model, the generator and the
 * shelf; it knows no page, so it runs in a worker, inline where there is none, and in tests.
 */
import { BatchNorm1d } from '../../torch/nn/batchnorm';
import { codeOf, fitCode } from '../code';
import type { EngineLevel, Statement } from '../statements';
import type { BatchNormView, ErrorView, KernelView, LoadView, LogEntry } from '../views';
import { checkpoint } from './checkpoint';
import { Engines, type LevelOpener } from './engines';
import { trainFor } from './fit';
import { feed, forwardFixed, refreshFixed, runningOf, warmUp } from './forward';
import { runLoad } from './load/load';
import { Session } from './session';
import { Shelf } from './shelf';

/** Statements the log keeps. */
const LOG = 500;

export interface KernelOptions {
  readonly opener: LevelOpener | null;
  readonly onView: (view: KernelView) => void;
}

export class Kernel {
  private readonly session = new Session();
  private readonly shelf = new Shelf();
  private readonly engines: Engines;
  private readonly onView: (view: KernelView) => void;
  private readonly log: LogEntry[] = [];
  private executed = 0;
  private lastLoad: LoadView | null = null;
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
   * Runs the statements one after the other and shows what became of them, once. PyTorch's errors are part of the view,
   * never thrown. A level that has to be loaded is waited for outside the queue: the page goes on without it.
   */
  async execute(...statements: readonly Statement[]): Promise<void> {
    for (const statement of statements) {
      if (statement.type === 'engine' && !(await this.prepared(statement.level))) return;
    }
    const done = this.queue.then(async () => {
      for (const statement of statements) await this.guarded(statement);
      this.show();
    });
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** True when the level is there and has not been overtaken by another choice. */
  private async prepared(level: EngineLevel): Promise<boolean> {
    this.wanted = level;
    await this.probed;
    return (
      (await this.engines.prepare(level, (backend) => warmUp(this.session, backend))) && this.wanted === level
    );
  }

  /** The bytes of a file on the shelf, for a download. */
  fileBytes(name: string): Uint8Array | null {
    return this.shelf.bytesOf(name);
  }

  /** A level that breaks in mid-run (a lost device) gives way to another, and the statement runs there from its start. */
  private async guarded(statement: Statement): Promise<void> {
    const restore = checkpoint(this.session);
    try {
      await this.run(statement);
    } catch (error) {
      const { level } = this.engines.current;
      if (level === 'reference') throw error;
      restore();
      this.engines.fail(level, error);
      await this.guarded(statement);
    }
  }

  private async run(statement: Statement): Promise<void> {
    const { session, engines } = this;
    let error: ErrorView | null = null;
    switch (statement.type) {
      case 'define':
        session.define(statement.network, statement.seed);
        error = session.problem?.error ?? null;
        break;
      case 'mode':
        session.setMode(statement.mode);
        break;
      case 'forward':
        await forwardFixed(session, engines.current, statement.batchSize);
        error = session.forwardError?.error ?? null;
        break;
      case 'feed':
        await feed(session, engines.current, statement.batchSize);
        error = session.forwardError?.error ?? null;
        break;
      case 'fit':
        await trainFor(session, engines.current, statement.steps, statement.lr);
        error = session.training.error;
        if (!error) await refreshFixed(session, engines.current);
        break;
      case 'save':
        error = await this.shelf.save(session, statement);
        break;
      case 'upload':
        this.shelf.upload(statement.file, statement.bytes);
        break;
      case 'discard':
        this.shelf.discard(statement.file);
        break;
      case 'load':
        this.lastLoad = await runLoad(session, this.shelf, statement.program);
        error = this.lastLoad?.error ?? null;
        break;
      case 'engine':
        engines.use(statement.level);
        await refreshFixed(session, engines.current);
        break;
    }
    this.record(statement, error);
  }

  /** Training statements that follow each other are one loop in the learner's program. */
  private record(statement: Statement, error: ErrorView | null): void {
    const { log } = this;
    const last = log[log.length - 1];
    if (statement.type === 'fit' && last?.statement === 'fit' && last.error === null) {
      const steps = (last.steps ?? 0) + statement.steps;
      log[log.length - 1] = { ...last, steps, code: fitCode(steps, statement.lr), error };
      return;
    }
    const steps = statement.type === 'fit' ? statement.steps : null;
    log.push({ count: ++this.executed, statement: statement.type, code: codeOf(statement), steps, error });
    if (log.length > LOG) log.shift();
  }

  private show(): void {
    const view = this.view();
    if (view) this.onView(view);
  }

  private view(): KernelView | null {
    const { session } = this;
    if (!session.defined) return null;
    const { training } = session;
    return {
      network: session.defined.view,
      problem: session.problem,
      seed: session.seed,
      draws: session.generator.draws,
      mode: session.mode,
      batchSize: session.batchSize,
      forward: session.forward,
      forwardError: session.forwardError,
      batchNorm: batchNormViews(session),
      training: {
        step: training.loss.length,
        lr: training.lr,
        loss: [...training.loss],
        accuracy: [...training.accuracy],
        engine: training.engine,
        error: training.error,
      },
      shelf: this.shelf.view(),
      load: this.lastLoad,
      engine: this.engines.view(),
      log: [...this.log],
    };
  }
}

function batchNormViews(session: Session): BatchNormView[] {
  const views: BatchNormView[] = [];
  for (const { id, attribute } of session.defined?.view.layers ?? []) {
    const layer = session.defined?.model.modules.get(attribute);
    if (!(layer instanceof BatchNorm1d)) continue;
    const memory = session.batchNorm.get(id);
    const running = runningOf(layer);
    views.push({
      layerId: id,
      eps: layer.eps,
      momentum: layer.momentum ?? 0,
      batch: memory?.batch ?? null,
      before: memory?.before ?? running,
      running,
      tracked: Number(layer.buffers.get('num_batches_tracked')?.int64Data()[0] ?? 0n),
      history: memory ? [...memory.history] : [],
    });
  }
  return views;
}
