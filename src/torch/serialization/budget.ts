/** What one load may allocate in all: a file of a kilobyte can ask for a quarter gigabyte as often as it likes. */
import { LimitRefusal, limits } from './refusal';

export class Budget {
  private readonly limit: keyof typeof limits;
  private left: number;

  /** `total` in bytes, where it is another than the limit itself. */
  constructor(limit: keyof typeof limits, total: number = limits[limit]) {
    this.limit = limit;
    this.left = total;
  }

  /** Raises Refusal once more than the total has been asked for. */
  charge(bytes: number, what: string): void {
    this.left -= bytes;
    if (this.left < 0) throw new LimitRefusal(this.limit, `${what}: more memory than a load may take`);
  }
}
