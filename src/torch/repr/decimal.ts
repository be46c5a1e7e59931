/**
 * Python's `%.4f` and `%.4e`. JavaScript's toFixed and toExponential are exact too, but round ties up where Python rounds them
 * to even, drop the sign of -0, and write exponents of one digit.
 */

/** Digits enough to tell a tie from everything near it, for any double that is printed with a few digits. */
const EXTRA = 60;

/** Where the digits beyond `digits` are exactly a half, the even neighbour below. */
function roundTie(rounded: string, long: string, cut: number): string {
  const beyond = long.slice(cut).replace(/e.*$/, '');
  if (!/^50*$/.test(beyond)) return rounded;
  const kept = long.slice(0, cut);
  const last = Number(kept[kept.length - 1] === '.' ? kept[kept.length - 2] : kept[kept.length - 1]);
  return last % 2 === 0 ? kept.replace(/\.$/, '') : rounded;
}

function special(x: number): string | null {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  return null;
}

function signOf(x: number): string {
  return x < 0 || Object.is(x, -0) ? '-' : '';
}

/** `'%.<digits>f' % x` */
export function fixed(x: number, digits: number): string {
  const odd = special(x);
  if (odd) return odd;
  const size = Math.abs(x);
  const long = size.toFixed(digits + EXTRA > 100 ? 100 : digits + EXTRA);
  if (long.includes('e'))
    return signOf(x) + BigInt(size).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const cut = long.indexOf('.') + 1 + digits;
  return signOf(x) + roundTie(size.toFixed(digits), long, cut);
}

/** `'%.<digits>e' % x` */
export function scientific(x: number, digits: number): string {
  const odd = special(x);
  if (odd) return odd;
  const size = Math.abs(x);
  const long = size.toExponential(digits + EXTRA);
  const [, exponent] = size.toExponential(digits).split('e');
  const longExponent = long.split('e')[1];
  const rounded = size.toExponential(digits).split('e')[0];
  // A tie keeps the exponent; rounding up to the next power of ten does not.
  const mantissa = exponent === longExponent ? roundTie(rounded, long, 2 + digits) : rounded;
  const power = Number(exponent);
  return `${signOf(x)}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
