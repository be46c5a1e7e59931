/** The lines of a disassembly: opcodes, and folds that stand for theirs while they are closed. */
import type { FoldView } from '../../notebook/views/inspection';

export interface OpcodeLines {
  /** Number of an opcode, or `-1 - n` for the n-th fold. */
  readonly lines: Int32Array;
  readonly depths: Uint16Array;
}

export interface Folding {
  readonly count: number;
  /** Outer before inner, in order of their start. */
  readonly folds: readonly FoldView[];
  readonly isOpen: (fold: number) => boolean;
  /** Opcodes that are left out. */
  readonly isHidden: (opcode: number) => boolean;
}

export function opcodeLines({ count, folds, isOpen, isHidden }: Folding): OpcodeLines {
  const lines = new Int32Array(count + folds.length);
  const depths = new Uint16Array(count + folds.length);
  /** Ends of the open folds around the opcode at hand. */
  const ends: number[] = [];
  let length = 0;
  const add = (line: number): void => {
    lines[length] = line;
    depths[length++] = ends.length;
  };
  let fold = 0;
  let opcode = 0;
  while (opcode < count) {
    while (ends.length > 0 && opcode > (ends.at(-1) as number)) ends.pop();
    const next = folds[fold];
    if (next?.start !== opcode) {
      if (!isHidden(opcode)) add(opcode);
      opcode++;
      continue;
    }
    add(-1 - fold);
    if (isOpen(fold)) {
      ends.push(next.end);
      fold++;
      continue;
    }
    opcode = next.end + 1;
    while (fold < folds.length && (folds[fold] as FoldView).start < opcode) fold++;
  }
  return { lines: lines.subarray(0, length), depths: depths.subarray(0, length) };
}

/** The folds an opcode lies in. */
export function foldsAround(folds: readonly FoldView[], opcode: number): number[] {
  return folds.flatMap(({ start, end }, i) => (start <= opcode && opcode <= end ? [i] : []));
}
