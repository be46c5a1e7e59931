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
    const [n, m] = out.shape;
    const k = a.shape[transposeA ? 0 : 1];
    const rows = { data: a.data, next: transposeA ? 1 : k, along: transposeA ? n : 1 };
    const columns = { data: b.data, next: transposeB ? k : 1, along: transposeB ? 1 : m };
    return dotProducts(rows, columns, k, bias?.data ?? new Float32Array(m), out);
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

/** The rows of a matrix or its columns: strides from one to the next, and along one. */
interface Lines {
  readonly data: Floats;
  readonly next: number;
  readonly along: number;
}

/** Each element is a dot product, in four sums that need not wait for each other. */
function dotProducts(
  { data: a, next: nextA, along: alongA }: Lines,
  { data: b, next: nextB, along: alongB }: Lines,
  k: number,
  start: Floats,
  { data: out, shape: [n, m] }: Operand,
) {
  const fours = k - (k % 4);
  return () => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        let ia = i * nextA;
        let ib = j * nextB;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let l = 0;
        for (; l < fours; l += 4, ia += 4 * alongA, ib += 4 * alongB) {
          s0 += a[ia] * b[ib];
          s1 += a[ia + alongA] * b[ib + alongB];
          s2 += a[ia + 2 * alongA] * b[ib + 2 * alongB];
          s3 += a[ia + 3 * alongA] * b[ib + 3 * alongB];
        }
        for (; l < k; l++, ia += alongA, ib += alongB) s0 += a[ia] * b[ib];
        out[i * m + j] = start[j] + (s0 + s1 + (s2 + s3));
      }
    }
  };
}
