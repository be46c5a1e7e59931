/** A file by address, with its bytes counted as they arrive. */
import { OrtError } from './errors';

/** How often a file reports: enough for a bar to move, too few to keep the page busy. */
const REPORTS = 50;

export async function download(
  url: string,
  total: number,
  onProgress: (loaded: number, total: number) => void,
): Promise<Uint8Array> {
  const response = await fetch(url).catch((error) => {
    throw OrtError.from(error, 'load-failed');
  });
  if (!response.ok || !response.body) throw new OrtError('load-failed', `HTTP ${response.status}`);
  const bytes = new Uint8Array(total);
  let loaded = 0;
  let reported = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    if (loaded + value.length > total)
      throw new OrtError('load-failed', 'the file is longer than it should be');
    bytes.set(value, loaded);
    loaded += value.length;
    if (loaded - reported >= total / REPORTS || loaded === total) {
      reported = loaded;
      onProgress(loaded, total);
    }
  }
  if (loaded < total) throw new OrtError('load-failed', `${loaded} of ${total} bytes arrived`);
  return bytes;
}
