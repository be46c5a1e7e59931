/**
 * The code that writes, reads and explains files: half of the kernel's, and no forward needs it. It is fetched on use, or
 * before that by `worker.ts`, so that a page that goes offline has it.
 */
export async function fileCode() {
  const [saved, written, described, loaded, transferred, inspected] = await Promise.all([
    import('./saved'),
    import('./written'),
    import('./describe-file'),
    import('./load/load'),
    import('./transfer/run-transfer'),
    import('./inspect/inspector'),
  ]);
  return { ...saved, ...written, ...described, ...loaded, ...transferred, ...inspected };
}
