/** The shelf: files the learner saved or uploaded, kept in the kernel until they are discarded. */
import { PyDict } from '../../torch/python/values';
import { Generator } from '../../torch/random/generator';
import { globalsInFile } from '../../torch/serialization/globals-in-file';
import { identify } from '../../torch/serialization/identify';
import { load } from '../../torch/serialization/load';
import { Tensor } from '../../torch/tensor';
import type { Statement } from '../statements';
import type { ErrorView, ShelfFile } from '../views';
import { errorView } from './define';
import { accuracy } from './fit';
import { savedBytes } from './saved';
import type { Session } from './session';

export interface Kept {
  readonly bytes: Uint8Array;
  readonly view: ShelfFile;
  /** Accuracy in evaluation of the model that was saved; `null` for uploads. */
  readonly accuracy: number | null;
}

/** Keys the page lists of one file. */
const LISTED = 500;

export class Shelf {
  private readonly files = new Map<string, Kept>();

  view(): ShelfFile[] {
    return [...this.files.values()].map(({ view }) => view);
  }

  get(name: string): Kept | null {
    return this.files.get(name) ?? null;
  }

  bytesOf(name: string): Uint8Array | null {
    return this.files.get(name)?.bytes ?? null;
  }

  discard(name: string): void {
    this.files.delete(name);
  }

  /** What `saveCode` says: a file of that name is written over. */
  async save(session: Session, statement: Extract<Statement, { type: 'save' }>): Promise<ErrorView | null> {
    const { defined } = session;
    if (!defined) return null;
    const { file } = statement;
    try {
      const bytes = await savedBytes(session, defined, statement);
      const right = await accuracy(session, defined.model, 'eval', new Generator(0)).catch(() => null);
      this.keep({ bytes, view: describe(file, bytes, 'saved'), accuracy: right });
      return null;
    } catch (error) {
      return errorView(error);
    }
  }

  upload(name: string, bytes: Uint8Array): void {
    this.keep({ bytes, view: describe(name, bytes, 'uploaded'), accuracy: null });
  }

  /** The newest file stands last, also when it takes the place of an older one. */
  private keep(kept: Kept): void {
    this.files.delete(kept.view.name);
    this.files.set(kept.view.name, kept);
  }
}

/** What a file is, told by its content, without running any of it. */
function describe(name: string, bytes: Uint8Array, origin: ShelfFile['origin']): ShelfFile {
  const verdict = identify(bytes);
  const { id } = verdict;
  const keys = id === 'state_dict' ? keysOf(bytes) : [];
  return {
    name,
    kind: id === 'state_dict' || id === 'model' ? id : 'other',
    bytes: bytes.length,
    origin,
    verdict,
    keys,
    globals: globalsInFile(bytes),
  };
}

function keysOf(bytes: Uint8Array): ShelfFile['keys'] {
  try {
    // On meta no tensor data is read, and tags of other devices do not keep a file from being described.
    const loaded = load(bytes, { mapLocation: 'meta' });
    if (!(loaded instanceof PyDict)) return [];
    return [...loaded]
      .slice(0, LISTED)
      .flatMap(([key, value]) =>
        value instanceof Tensor ? [{ name: String(key), shape: value.shape, dtype: value.dtype }] : [],
      );
  } catch {
    return [];
  }
}
