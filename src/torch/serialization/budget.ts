/** What one load may allocate in all: a file of a kilobyte can ask for a quarter gigabyte as often as it likes. */
import { Refusal } from './refusal';

export class Budget {
  private left: number;

  /** `total` in bytes. */
  constructor(total: number) {
    this.left = total;
  }

  /** Raises Refusal once more than the total has been asked for. */
  charge(bytes: number, what: string): void {
    this.left -= bytes;
    if (this.left < 0) throw new Refusal('limit', `${what}: more memory than a load may take`);
  }
}
