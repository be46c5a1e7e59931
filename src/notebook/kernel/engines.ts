/** The three levels as the kernel sees them: the first is always there, the others are opened when they are asked for. */
import { type Backend, ReferenceBackend } from '../../engine';
import type { EngineLevel } from '../statements';
import type { EngineView } from '../views';

/** Opens a level; called once until it fails. Injected at the edge, because only a worker can open onnxruntime-web. */
export interface LevelOpener {
  /** Whether this machine could have the level at all, and if not, why. */
  support(level: LoadedLevel): Promise<{ readonly possible: boolean; readonly reason: string | null }>;
  open(level: LoadedLevel, onProgress: (loaded: number, total: number) => void): Promise<Backend>;
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
  private level: EngineLevel = 'reference';

  /** `opener` is `null` where no worker can run: level 1 finishes every lesson. */
  constructor(opener: LevelOpener | null, changed: () => void) {
    this.opener = opener;
    this.changed = changed;
  }

  get current(): Backend {
    return this.backends.get(this.level) ?? referenceBackend;
  }

  /**
   * The level that trains. WebGPU runs forwards only and leaves training to WASM, which its runtime brings along, or to
   * level 1 where that cannot start.
   */
  async trainer(): Promise<Backend> {
    if (this.level !== 'webgpu') return this.current;
    return (await this.opened('wasm')) ?? referenceBackend;
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

  /** Loads a level if need be and makes it the current one; the level of before stays when that fails. */
  async use(level: EngineLevel): Promise<void> {
    if (level !== 'reference' && !(await this.opened(level))) return;
    this.level = level;
    this.changed();
  }

  /** After a failure in mid-run (a lost device): back to level 1, the reason kept beside the level that failed. */
  fail(level: LoadedLevel, reason: string): void {
    void this.backends.get(level)?.dispose();
    this.backends.delete(level);
    this.level = 'reference';
    this.set(level, { ...unloaded, state: 'failed', reason });
  }

  private async opened(level: LoadedLevel): Promise<Backend | null> {
    const backend = this.backends.get(level) ?? (await this.load(level));
    if (backend) this.backends.set(level, backend);
    return backend;
  }

  private async load(level: LoadedLevel): Promise<Backend | null> {
    if (!this.opener || this.states[level].state === 'absent') return null;
    this.set(level, { ...unloaded, state: 'loading' });
    try {
      const backend = await this.opener.open(level, (loaded, total) =>
        this.set(level, { state: 'loading', loaded, total, reason: null }),
      );
      this.set(level, { ...this.states[level], state: 'ready' });
      return backend;
    } catch (error) {
      this.set(level, {
        ...unloaded,
        state: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
  }

  private set(level: EngineLevel, state: LevelState): void {
    this.states[level] = state;
    this.changed();
  }
}
