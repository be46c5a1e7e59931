/**
 * Lines up a right-aligned column of numbers on its decimal point: shorter fractions get figure spaces behind
 * them. The first column, which names the row, and words are left alone.
 */
const FIGURE_SPACE = '\u2007';
const NUMBER = /^\u2212?\d+(?:\.(\d+))?$/;

const tailOf = (text: string): number | null => {
  const match = NUMBER.exec(text);
  if (!match) return null;
  return match[1] === undefined ? 0 : match[1].length + 1;
};

export function alignOnPoint(rows: readonly (readonly string[])[]): string[][] {
  const longest: number[] = [];
  for (const row of rows) {
    row.forEach((text, column) => {
      longest[column] = Math.max(longest[column] ?? 0, tailOf(text) ?? 0);
    });
  }
  return rows.map((row) =>
    row.map((text, column) => {
      const tail = column === 0 ? null : tailOf(text);
      return tail === null ? text : text + FIGURE_SPACE.repeat(longest[column]! - tail);
    }),
  );
}
