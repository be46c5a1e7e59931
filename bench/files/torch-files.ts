/** PyTorch that loads and saves when it is asked to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export class TorchFiles {
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;
  /** Of the file, in bytes. */
  size = 0;

  private constructor(path: string, megabytes: number) {
    const script = fileURLToPath(new URL('torch_files.py', import.meta.url));
    const python = process.env.MATCHBOOK_PYTHON ?? 'python3';
    this.process = spawn(python, [script, path, String(megabytes)], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.reader = createInterface(this.process.stdout as NodeJS.ReadableStream);
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  /** `null` where there is no Python with torch. */
  static async open(path: string, megabytes: number): Promise<TorchFiles | null> {
    const torch = new TorchFiles(path, megabytes);
    const failed = once(torch.process, 'error').then(() => null);
    const first = await Promise.race([torch.lines.next(), failed]);
    if (!first || first.done) return null;
    torch.size = Number(first.value);
    return torch;
  }

  /** Milliseconds. */
  async time(what: 'load' | 'save'): Promise<number> {
    this.process.stdin?.write(`${what}\n`);
    return Number((await this.lines.next()).value);
  }

  close(): void {
    this.reader.close();
    this.process.stdin?.end();
  }
}
