/** The strip of an x-ray: so many opcodes, so few columns; each shows the heaviest of its opcodes. */
import type { GlobalEntry } from '../../notebook/views/inspection';

/** As `opcodeWeight` of torch/serialization/describe: other, call, allowed name, refused name. */
export const weights = [0, 1, 2, 3] as const;

export function stripColumns(strip: Uint8Array, columns: number): Uint8Array {
  const out = new Uint8Array(Math.min(columns, strip.length));
  strip.forEach((weight, i) => {
    const column = Math.floor((i * out.length) / strip.length);
    if (weight > (out[column] as number)) out[column] = weight;
  });
  return out;
}

export interface StripLabel {
  readonly entry: GlobalEntry;
  readonly x: number;
}

/** Labels of refused names where they fit: one that would run into the label before it, or out of the strip, is left out. */
export function stripLabels(
  globals: readonly GlobalEntry[],
  at: (index: number) => number,
  widthOf: (text: string) => number,
  right: number,
): StripLabel[] {
  const labels: StripLabel[] = [];
  let free = 0;
  for (const entry of globals) {
    if (entry.verdict === 'allowed') continue;
    const x = at(entry.index);
    const end = x + widthOf(entry.name);
    if (x < free || end > right) continue;
    labels.push({ entry, x });
    free = end;
  }
  return labels;
}
