/** deflate-raw by the platform's own streams, reading no more than it was promised. */

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(pipe(bytes, new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY);
}

/** Raises when the data is no deflate stream, or gives more than `limit` bytes. */
export async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  return collect(pipe(bytes, new DecompressionStream('deflate-raw')), limit);
}

function pipe(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes as BlobPart]).stream().pipeThrough(through) as ReadableStream<Uint8Array>;
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError(`more than ${limit} bytes`);
    }
    chunks.push(value);
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
