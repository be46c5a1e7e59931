/** Product of two matrices, each transposed first if asked: (n, k) (k, m) -> (n, m), plus perhaps a bias (m). Sums in double. */
import { expandTo, sumTo } from './broadcast';
import type { Floats, Op, Operand } from './op';

export const matmul: Op<'matmul'> = {
  shape([a, b, bias], { transposeA, transposeB }) {
    if (a.length !== 2 || b.length !== 2) throw new Error(`matmul takes matrices, not [${a}] and [${b}]`);
    const [n, k] = transposeA ? [a[1], a[0]] : a;
    const [inner, m] = transposeB ? [b[1], b[0]] : b;
    if (bias && (bias.length !== 1 || bias[0] !== m))
      throw new Error(`matmul to ${n}x${m} and a bias [${bias}]`);
    if (k !== inner) throw new Error(`matmul of ${n}x${k} and ${inner}x${m}`);
    return [n, m];
  },
  kernel([a, b, bias], out, { transposeA, transposeB }) {
    const k = a.shape[transposeA ? 0 : 1];
    const left: Rows = { data: a.data, row: transposeA ? 1 : k, inner: transposeA ? out.shape[0] : 1 };
    const start = bias?.data ?? new Float32Array(out.shape[1]);
    return transposeB ? dotProducts(left, b.data, start, out, k) : weightedRows(left, b.data, start, out, k);
  },
  gradient({ builder, attributes: { transposeA, transposeB }, inputs: [a, b, bias], output, grad }) {
    const shape = builder.shapeOf(output);
    const g = expandTo(builder, grad, shape);
    const parts = [
      transposeA ? builder.matmul(b, g, transposeB, true) : builder.matmul(g, b, false, !transposeB),
      transposeB ? builder.matmul(g, a, true, transposeA) : builder.matmul(a, g, !transposeA, false),
    ];
    return bias === undefined ? parts : [...parts, sumTo(builder, grad, shape, builder.shapeOf(bias))];
  },
};

/** A matrix with its strides: between rows, and along one. */
interface Rows {
  readonly data: Floats;
  readonly row: number;
  readonly inner: number;
}

/** B is read by rows as A is: each element is a dot product, in four sums that need not wait for each other. */
function dotProducts(
  { data: a, row, inner }: Rows,
  b: Floats,
  start: Floats,
  { data: out, shape: [n, m] }: Operand,
  k: number,
) {
  const fours = k - (k % 4);
  return () => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        const ib = j * k;
        let ia = i * row;
        let [s0, s1, s2, s3] = [0, 0, 0, 0];
        let l = 0;
        for (; l < fours; l += 4, ia += 4 * inner) {
          s0 += a[ia] * b[ib + l];
          s1 += a[ia + inner] * b[ib + l + 1];
          s2 += a[ia + 2 * inner] * b[ib + l + 2];
          s3 += a[ia + 3 * inner] * b[ib + l + 3];
        }
        for (; l < k; l++, ia += inner) s0 += a[ia] * b[ib + l];
        out[i * m + j] = start[j] + (s0 + s1 + (s2 + s3));
      }
    }
  };
}

/** B is read by rows, which add up to a row of the product, each times an element of A. */
function weightedRows(
  { data: a, row, inner }: Rows,
  b: Floats,
  start: Floats,
  { data: out, shape: [n, m] }: Operand,
  k: number,
) {
  const sums = new Float64Array(m);
  return () => {
    for (let i = 0; i < n; i++) {
      sums.set(start);
      for (let l = 0; l < k; l++) {
        const weight = a[i * row + l * inner];
        const ib = l * m;
        for (let j = 0; j < m; j++) sums[j] += weight * b[ib + j];
      }
      out.set(sums, i * m);
    }
  };
}
