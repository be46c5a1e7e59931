/**
 * One thing at a time. onnxruntime-web's WebGPU provider hangs, or corrupts its memory, when a session is made or run
 * while another is (seen in 1.30 with two runs of one session and with runs of two), so everything goes through here.
 */
export class Queue {
  private last: Promise<unknown> = Promise.resolve();

  /** Starts `job` when every job added before has ended, well or badly; settles as `job` does. */
  add<T>(job: () => Promise<T>): Promise<T> {
    const result = this.last.then(job);
    this.last = result.catch(() => undefined);
    return result;
  }
}
