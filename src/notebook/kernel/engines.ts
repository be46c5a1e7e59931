/** The three levels as the kernel sees them: the first is always there, the others are opened when they are asked for. */
import { type Backend, ReferenceBackend } from '../../engine';
import type { EngineLevel } from '../statements';
import type { EngineView } from '../views';

/** Opens a level; called once until it fails. Injected at the edge, because only a worker can open onnxruntime-web. */
export interface LevelOpener {
  /** Whether this machine could have the level at all, and if not, why. */
  support(level: LoadedLevel): Promise<{ readonly possible: boolean; readonly reason: string | null }>;
  open(
    level: LoadedLevel,
    onProgress: (loaded: number, total: number) => void,
    onCompiling: (compiling: boolean) => void,
  ): Promise<Backend>;
}

export type LoadedLevel = Exclude<EngineLevel, 'reference'>;

/** Level 1, shared by all that must not wait for another. */
export const referenceBackend: Backend = new ReferenceBackend();

type LevelState = EngineView['levels'][EngineLevel];

const unloaded: LevelState = { state: 'unloaded', loaded: 0, total: 0, reason: null };

export class Engines {
  private readonly opener: LevelOpener | null;
  private readonly changed: () => void;
  private readonly backends = new Map<EngineLevel, Backend>([['reference', referenceBackend]]);
  private readonly states: Record<EngineLevel, LevelState> = {
    reference: { ...unloaded, state: 'ready' },
    wasm: unloaded,
    webgpu: unloaded,
  };
  private readonly opening = new Map<LoadedLevel, Promise<Backend | null>>();
  private level: EngineLevel = 'reference';

  /** `opener` is `null` where no worker can run: level 1 finishes every lesson. */
  constructor(opener: LevelOpener | null, changed: () => void) {
    this.opener = opener;
    this.changed = changed;
  }

  get current(): Backend {
    return this.backends.get(this.level) ?? referenceBackend;
  }

  view(): EngineView {
    return { level: this.level, levels: { ...this.states } };
  }

  /** Asks once which levels this machine can have. */
  async probe(): Promise<void> {
    for (const level of ['wasm', 'webgpu'] as const) {
      const { possible, reason } = (await this.opener?.support(level)) ?? {
        possible: false,
        reason: 'no-worker',
      };
      if (!possible) this.set(level, { ...unloaded, state: 'absent', reason });
    }
  }

  /**
   * Loads a level if need be and runs `warm` on it once: compiling shaders is part of loading. Others go on meanwhile.
   * False when it cannot be had.
   */
  async prepare(level: EngineLevel, warm: (backend: Backend) => Promise<void>): Promise<boolean> {
    return level === 'reference' || (await this.opened(level, warm)) !== null;
  }

  /** Makes a prepared level the current one. */
  use(level: EngineLevel): void {
    if (!this.backends.has(level)) return;
    this.level = level;
    this.changed();
  }

  /**
   * After a failure in mid-run (a lost device): on to WASM where WebGPU failed and it is loaded, otherwise to level 1. The
   * reason is kept beside the level that failed.
   */
  fail(level: LoadedLevel, error: unknown): void {
    void this.backends.get(level)?.dispose();
    this.backends.delete(level);
    this.level = level === 'webgpu' && this.backends.has('wasm') ? 'wasm' : 'reference';
    this.set(level, { ...unloaded, state: 'failed', reason: reasonOf(error) });
  }

  private opened(level: LoadedLevel, warm?: (backend: Backend) => Promise<void>): Promise<Backend | null> {
    const known = this.backends.get(level);
    if (known) return Promise.resolve(known);
    const opening =
      this.opening.get(level) ?? this.load(level, warm).finally(() => this.opening.delete(level));
    this.opening.set(level, opening);
    return opening;
  }

  private async load(
    level: LoadedLevel,
    warm?: (backend: Backend) => Promise<void>,
  ): Promise<Backend | null> {
    if (!this.opener || this.states[level].state === 'absent') return null;
    this.set(level, { ...unloaded, state: 'loading' });
    try {
      const backend = await this.opener.open(
        level,
        (loaded, total) => this.arriving(level, loaded, total),
        (compiling) => this.compiling(level, compiling),
      );
      await warm?.(backend);
      this.backends.set(level, backend);
      this.set(level, { ...this.states[level], state: 'ready' });
      return backend;
    } catch (error) {
      this.set(level, { ...unloaded, state: 'failed', reason: reasonOf(error) });
      return null;
    }
  }

  /** A level whose worker ended arrives a second time, by itself, with the next call. */
  private arriving(level: LoadedLevel, loaded: number, total: number): void {
    const back = this.backends.has(level) && loaded === total;
    this.set(level, { state: back ? 'ready' : 'loading', loaded, total, reason: null });
  }

  /** For the page, a level that compiles is one that has not quite arrived. */
  private compiling(level: LoadedLevel, compiling: boolean): void {
    if (!this.backends.has(level)) return;
    this.set(level, { ...this.states[level], state: compiling ? 'loading' : 'ready' });
  }

  private set(level: EngineLevel, state: LevelState): void {
    this.states[level] = state;
    this.changed();
  }
}

/** The code of an error of a level itself; `null` for any other error, which is a defect and no reason to change level. */
export function levelErrorCode(error: unknown): string | null {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

/** Id of what went wrong, for the page's catalogue. */
function reasonOf(error: unknown): string {
  const code = levelErrorCode(error);
  // What is unsupported has an id of its own.
  if (code === 'unsupported' && error instanceof Error) return error.message;
  return code ?? 'run-failed';
}
