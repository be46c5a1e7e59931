/** The names a whole file would import, whatever container it is in. */
import { computedName, fullName, type GlobalReference, scanPickle, scanPickles } from './pickle/scan-globals';
import type { Loadable } from './prefetch';
import { ArchiveReader, isZip } from './zip/reader';

/** `module.name` of every global, each once, in order of appearance; computed names are told as such. Never raises. */
export function globalsInFile(bytes: Loadable): string[] {
  return [...new Set(referencesIn(bytes).map(fullName))];
}

export { computedName };

function referencesIn(bytes: Loadable): GlobalReference[] {
  if (bytes instanceof Uint8Array && !isZip(bytes)) return scanPickles(bytes);
  try {
    const archive = new ArchiveReader(bytes);
    const pickles = archive.entries
      .map(({ name }) => name.slice(archive.folder.length + 1))
      .filter((name) => name.endsWith('.pkl'));
    return pickles.flatMap((name) => [...scanPickle(archive.record(name)).found]);
  } catch {
    return [];
  }
}
