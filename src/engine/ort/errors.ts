/** What can go wrong with onnxruntime-web, as the page tells it apart. */

export type OrtErrorCode =
  /** The browser lacks what `support` asks for; the message is the id of it. */
  | 'unsupported'
  /** The browser has no adapter to give, though it knows WebGPU. */
  | 'no-adapter'
  /** The runtime did not arrive or did not start. */
  | 'load-failed'
  /** It runs, and computes something else than the reference. */
  | 'self-test-failed'
  /** The GPU was taken away. The next call starts anew. */
  | 'device-lost'
  /** The worker could not start or broke down. The next call starts anew. */
  | 'worker-failed'
  /** The caller ended it. */
  | 'closed'
  /** A defect: a graph that onnxruntime refuses. */
  | 'run-failed';

export class OrtError extends Error {
  readonly code: OrtErrorCode;

  constructor(code: OrtErrorCode, message: string) {
    super(message);
    this.name = 'OrtError';
    this.code = code;
  }

  /** `error` as it is when it says its own code, otherwise under `code`. */
  static from(error: unknown, code: OrtErrorCode): OrtError {
    if (error instanceof OrtError) return error;
    return new OrtError(code, error instanceof Error ? error.message : String(error));
  }
}
