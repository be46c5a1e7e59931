/** The log: what ran, as a program. Training loops that follow each other at one learning rate are one loop. */
import { type CodeContext, codeOf, fitCode, type OptimizerUse } from '../code';
import type { LabCell, Statement } from '../statements';
import type { ErrorView, LogEntry } from '../views';

/** Statements the log keeps. */
const KEPT = 500;

/** How a statement ended. */
export interface Ending {
  readonly error: ErrorView | null;
  readonly refused: boolean;
}

interface Loop {
  readonly steps: number;
  readonly lr: number;
  readonly optimizer: OptimizerUse;
}

export class Log {
  private readonly entries: LogEntry[] = [];
  private readonly counts = new Map<LabCell, number>();
  private executed = 0;
  /** The training loop that is the newest entry, if it is one. */
  private loop: Loop | null = null;

  record(statement: Statement, cell: LabCell | null, context: CodeContext, ending: Ending): void {
    const { loop } = this;
    if (statement.type === 'fit' && loop?.lr === statement.lr) {
      this.loop = { ...loop, steps: loop.steps + statement.steps };
      const code = fitCode(this.loop.steps, loop.lr, loop.optimizer);
      this.entries.push({ ...(this.entries.pop() as LogEntry), code, ...ending });
    } else {
      this.loop = statement.type === 'fit' ? { ...statement, optimizer: context.optimizer } : null;
      const code = codeOf(statement, context);
      this.entries.push({ count: ++this.executed, statement: statement.type, code, ...ending });
      if (this.entries.length > KEPT) this.entries.shift();
    }
    // A loop that raised is not one that goes on.
    if (ending.error) this.loop = null;
    if (cell) this.counts.set(cell, this.executed);
  }

  view(): readonly LogEntry[] {
    return [...this.entries];
  }

  countsView(): Readonly<Partial<Record<LabCell, number>>> {
    return Object.fromEntries(this.counts);
  }
}
