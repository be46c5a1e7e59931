/** Numbers as figures and tables show them: a true minus, the same decimals in one column. */

/** U+2212. A hyphen is narrower than a plus and is lost at a projector. */
export const MINUS = '\u2212';

const WORDS = (value: number): string | null => {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return null;
  return value > 0 ? 'inf' : `${MINUS}inf`;
};

/** `decimals` digits after the point; a value that rounds to zero has no sign. */
export function formatFixed(value: number, decimals: number): string {
  const word = WORDS(value);
  if (word !== null) return word;
  const text = Math.abs(value) >= 1e6 ? value.toExponential(decimals) : value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replaceAll('-', MINUS);
}

/** A value on a unit: two decimals, fewer when it grows so that it never takes more than six characters. */
export function formatUnit(value: number): string {
  const size = Math.abs(value);
  if (size < 100) return formatFixed(value, 2);
  if (size < 1000) return formatFixed(value, 1);
  if (size < 10_000) return formatFixed(value, 0);
  return WORDS(value) ?? value.toExponential(0).replace('e+', 'e').replaceAll('-', MINUS);
}

/** A value in a table: four decimals, as `print(tensor)` shows them. */
export function formatTable(value: number): string {
  return formatFixed(value, 4);
}

/** The shortest text that reads back as the same float32. */
export function formatFull(value: number): string {
  const word = WORDS(value);
  if (word !== null) return word;
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return String(short).replaceAll('-', MINUS);
  }
  return String(Number(value.toPrecision(9))).replaceAll('-', MINUS);
}

/** A factor such as 1 / (1 - p): at most four decimals, no trailing zeros. */
export function formatFactor(value: number): string {
  return WORDS(value) ?? String(Number(value.toFixed(4))).replaceAll('-', MINUS);
}

/** A share of 0 to 1 in per cent, one decimal. */
export function formatShare(value: number): string {
  return WORDS(value) ?? `${(value * 100).toFixed(1)}%`;
}

/** `[8, 16]`, as `list(tensor.shape)` prints. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
