/** Carries the shelf from one visit to the next: what is put there is kept, what is discarded is not. */
import type { KeptFile } from '../notebook/statements';
import type { ShelfFile } from '../notebook/views';

/** Where files are kept. */
export interface FileKeeper {
  /** In the order they were put. */
  all(): Promise<readonly KeptFile[]>;
  /** Takes the place of a file of that name. Fails where the storage is full, or the file cannot be read any more. */
  put(file: KeptFile): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Why the next visit will not have a file. */
export interface KeepFault {
  /** `none`: this browser, or this frame, keeps nothing at all. */
  readonly reason: 'none' | 'full' | 'large';
  readonly file: string;
}

/** A copy of more would take long, and much of a small machine's disk. */
const LARGEST = 512 * 2 ** 20;

export class ShelfKeeper {
  private readonly keeper: Promise<FileKeeper | null>;
  private readonly blobOf: (name: string) => Promise<Blob | null>;
  private readonly onFault: (fault: KeepFault | null) => void;
  /** Versions by name, as they were seen last. */
  private seen = new Map<string, number>();
  private work: Promise<void> = Promise.resolve();

  constructor(
    keeper: Promise<FileKeeper | null>,
    blobOf: (name: string) => Promise<Blob | null>,
    onFault: (fault: KeepFault | null) => void,
  ) {
    this.keeper = keeper;
    this.blobOf = blobOf;
    this.onFault = onFault;
  }

  /** What earlier visits have left; nothing where it cannot be read. */
  async earlier(): Promise<readonly KeptFile[]> {
    const keeper = await this.keeper;
    return keeper ? keeper.all().catch(() => []) : [];
  }

  /** The shelf as it is now. What has changed since the last time is kept, one after the other. */
  follow(shelf: readonly ShelfFile[]): void {
    const before = this.seen;
    this.seen = new Map(shelf.map(({ name, version }) => [name, version]));
    const changed = shelf.filter(({ name, version, restored }) => before.get(name) !== version && !restored);
    const gone = [...before.keys()].filter((name) => !this.seen.has(name));
    if (changed.length + gone.length === 0) return;
    this.work = this.work.then(async () => {
      for (const name of gone) await this.remove(name);
      for (const file of changed) await this.put(file);
    });
  }

  private async remove(name: string): Promise<void> {
    await (await this.keeper)?.remove(name).catch(() => undefined);
  }

  private async put({ name, bytes, origin, accuracy, code }: ShelfFile): Promise<void> {
    const keeper = await this.keeper;
    const fault = (reason: KeepFault['reason']): void => this.onFault({ reason, file: name });
    if (!keeper) return fault('none');
    // What was kept under this name is not this file.
    if (bytes > LARGEST) return this.remove(name).then(() => fault('large'));
    const data = await this.blobOf(name);
    if (!data) return;
    await keeper.put({ name, data, origin, accuracy, code }).then(
      () => this.onFault(null),
      () => this.remove(name).then(() => fault('full')),
    );
  }
}
