/** The files of the shelf in IndexedDB, from one visit to the next. */
import { type DBSchema, openDB } from 'idb';
import type { KeptFile } from '../notebook/statements';
import type { FileKeeper } from './file-keeper';

interface Schema extends DBSchema {
  files: {
    key: string;
    /** `order` grows with every file that is put. */
    value: KeptFile & { readonly order: number };
    indexes: { order: number };
  };
}

/** Fails where there is no such storage: in a frame of another site, in some private windows. */
export async function openKeptFiles(): Promise<FileKeeper> {
  const database = await openDB<Schema>('matchbook-shelf', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('files', { keyPath: 'name' }).createIndex('order', 'order');
    },
  });
  return {
    all: () => database.getAllFromIndex('files', 'order'),
    async put(file) {
      const transaction = database.transaction('files', 'readwrite');
      const newest = await transaction.store.index('order').openKeyCursor(null, 'prev');
      await transaction.store.put({ ...file, order: (newest?.key ?? 0) + 1 });
      await transaction.done;
    },
    remove: (name) => database.delete('files', name),
  };
}
