/** A thread that reads ranges of Blobs for the kernel's: most of the time goes into moving bytes between processes. */
export interface BlobRange {
  readonly id: number;
  readonly blob: Blob;
  readonly start: number;
  readonly end: number;
}

/** The bytes, or why there are none. */
export type BlobBytes =
  | { readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly id: number; readonly problem: string };

addEventListener('message', async ({ data }: MessageEvent<BlobRange>) => {
  const { id, blob, start, end } = data;
  try {
    const bytes = await blob.slice(start, end).arrayBuffer();
    postMessage({ id, bytes } satisfies BlobBytes, { transfer: [bytes] });
  } catch (error) {
    postMessage({ id, problem: error instanceof Error ? error.message : String(error) } satisfies BlobBytes);
  }
});
