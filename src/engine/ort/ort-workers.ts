/** Which workers run: one serves both levels where its build can, because each costs some 100 MB. */
import { type Build, serves } from './choose-build';
import { OrtError } from './errors';
import type { OrtLevel } from './local-backend';
import { OrtWorker } from './ort-worker';
import { Queue } from './queue';

interface Running {
  readonly worker: OrtWorker;
  readonly users: Set<object>;
  /** Known once it has started. */
  build: Build | null;
}

export class OrtWorkers {
  private running: Running[] = [];
  /** The build of one start decides whether the next needs a worker of its own. */
  private readonly starting = new Queue();

  /** A started worker for `level`; it runs until each of its users has left. */
  join(
    user: object,
    level: OrtLevel,
    onProgress: (loaded: number, total: number) => void,
  ): Promise<OrtWorker> {
    return this.starting.add(async () => {
      this.running = this.running.filter(({ worker }) => worker.alive);
      const shared = this.running.find(({ build }) => build !== null && serves(build, level));
      if (shared) {
        shared.users.add(user);
        return shared.worker;
      }
      const own: Running = { worker: new OrtWorker(onProgress), users: new Set([user]), build: null };
      this.running.push(own);
      try {
        own.build = await own.worker.start(level);
      } catch (error) {
        this.leave(user);
        throw error;
      }
      return own.worker;
    });
  }

  /** Ends workers that nobody uses any more, also while they start. */
  leave(user: object): void {
    for (const { worker, users } of this.running) {
      if (users.delete(user) && users.size === 0) worker.end(new OrtError('closed', 'the engine was closed'));
    }
  }
}
