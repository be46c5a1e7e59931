/** Everything the store asks of the browser, in one place: tests and other hosts bring their own. */

import type { FileKeeper } from './file-keeper';

export interface Edge {
  /** Text kept between visits; `null` when there is none, or no storage. */
  recall(key: string): string | null;
  keep(key: string, text: string): void;
  /** Hands a file to the person. */
  saveFile(name: string, data: Blob | Uint8Array): void;
  /** The page's own address, without query and fragment: settings stay with the person who chose them. */
  pageAddress(): string;
  /** Languages the person reads, best first. */
  languages(): readonly string[];
  pause(milliseconds: number): Promise<void>;
  /** Where files are kept between visits; `null` where they are not. */
  files(): Promise<FileKeeper | null>;
}

export const browserEdge: Edge = {
  // Storage throws in frames of another site and in private windows.
  recall(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  keep(key, text) {
    try {
      localStorage.setItem(key, text);
    } catch {
      // Nothing is lost that this visit needs.
    }
  },
  saveFile(name, data) {
    const blob = new Blob([data as BlobPart], { type: 'application/octet-stream' });
    const address = URL.createObjectURL(blob);
    const anchor = document.createElement('a');
    anchor.href = address;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  },
  pageAddress: () => location.origin + location.pathname,
  languages: () => navigator.languages,
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  files: () => import('./kept-files').then(({ openKeptFiles }) => openKeptFiles()).catch(() => null),
};
