/** Statistics as the keys show them: four decimals as `print` has them, an exponent where those would hide the value. */
import { formatFixed, MINUS } from '../charts/number-format';

export function formatStat(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-3 && size < 1e5)) return formatFixed(value, 4);
  return value.toExponential(2).replace('e+', 'e').replaceAll('-', MINUS);
}
