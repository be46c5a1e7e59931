/** The part of a file that pickles take, where nothing but the pickles says how long they are. */
import type { Reading } from '../byte-source';
import { limits } from '../refusal';
import { instructions } from './instructions';
import { opcodeOf } from './opcodes';

const FIRST = 1 << 16;
const GROWTH = 8;

export interface PickleWindow {
  readonly bytes: Uint8Array;
  /** Where each pickle in the window ends; the last one may have no STOP there. */
  readonly ends: readonly number[];
  /** The file goes on where the window ends in the middle of a pickle: it is longer than the limits. */
  readonly isCut: boolean;
}

/** Up to `wanted` pickles in a row from `start` of the file on. Positions are counted from there. */
export function* pickleWindow(start: number, fileSize: number, wanted: number): Reading<PickleWindow> {
  const most = Math.min(fileSize - start, limits.pickleBytes);
  for (let length = FIRST; ; length *= GROWTH) {
    const bytes = yield [start, start + Math.min(length, most)];
    const { ends, isOpen } = pickleEnds(bytes, wanted);
    const isCut = isOpen && bytes.length < fileSize - start;
    if (!isCut || bytes.length >= most) return { bytes, ends, isCut };
  }
}

/** `isOpen` where the bytes end before the last pickle does. */
function pickleEnds(
  bytes: Uint8Array,
  wanted: number,
): { readonly ends: number[]; readonly isOpen: boolean } {
  const ends: number[] = [];
  for (let at = 0; ends.length < wanted && at < bytes.length; ) {
    const walk = instructions(bytes, at);
    let step = walk.next();
    while (!step.done) step = walk.next();
    const { end, stopped } = step.value;
    if (!stopped) {
      const isOpen = end >= bytes.length || opcodeOf.has(bytes[end]);
      return { ends: end > at ? [...ends, end] : ends, isOpen };
    }
    ends.push(end);
    at = end;
  }
  return { ends, isOpen: ends.length < wanted };
}
