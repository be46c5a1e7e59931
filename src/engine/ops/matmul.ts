/** Product of two matrices, each transposed first if asked: (n, k) (k, m) -> (n, m). Sums in double. */
import { expandTo } from './broadcast';
import type { Op } from './op';

export const matmul: Op<'matmul'> = {
  shape([a, b], { transposeA, transposeB }) {
    if (a.length !== 2 || b.length !== 2) throw new Error(`matmul takes matrices, not [${a}] and [${b}]`);
    const [n, k] = transposeA ? [a[1], a[0]] : a;
    const [inner, m] = transposeB ? [b[1], b[0]] : b;
    if (k !== inner) throw new Error(`matmul of ${n}x${k} and ${inner}x${m}`);
    return [n, m];
  },
  kernel([a, b], out, { transposeA, transposeB }) {
    const [n, m] = out.shape;
    const k = a.shape[transposeA ? 0 : 1];
    const [rowA, innerA] = transposeA ? [1, n] : [k, 1];
    const [innerB, columnB] = transposeB ? [1, k] : [m, 1];
    return () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          let sum = 0;
          let ia = i * rowA;
          let ib = j * columnB;
          for (let l = 0; l < k; l++) {
            sum += a.data[ia] * b.data[ib];
            ia += innerA;
            ib += innerB;
          }
          out.data[i * m + j] = sum;
        }
      }
    };
  },
  gradient({ builder, attributes: { transposeA, transposeB }, inputs: [a, b], output, grad }) {
    const g = expandTo(builder, grad, builder.shapeOf(output));
    return [
      transposeA ? builder.matmul(b, g, transposeB, true) : builder.matmul(g, b, false, !transposeB),
      transposeB ? builder.matmul(g, a, true, transposeA) : builder.matmul(a, g, !transposeA, false),
    ];
  },
};
