/** What `a @ b` comes to before any number (ATen/native/LinearAlgebra.cpp, matmul; Blas.cpp). */
import { dtypes } from '../dtype';
import { NotBuilt, PythonError } from '../errors';
import { cTypeName } from '../python/type-name';
import type { PyValue } from '../python/values';
import { type Shape, Tensor } from '../tensor';

/** The two sides of `@`. Raises TypeError for what is no tensor. */
export function matrices(left: PyValue, right: PyValue): [Tensor, Tensor] {
  if (left instanceof Tensor && right instanceof Tensor) return [left, right];
  throw new PythonError(
    'TypeError',
    `unsupported operand type(s) for @: '${cTypeName(left)}' and '${cTypeName(right)}'`,
  );
}

/** Shape of the product of two vectors or matrices. Raises RuntimeError where sizes or dtypes do not fit. */
export function matmulShape(a: Tensor, b: Tensor): Shape {
  const ranks = [a.shape.length, b.shape.length];
  if (ranks.includes(0)) {
    throw runtimeError(
      `both arguments to matmul need to be at least 1D, but they are ${ranks[0]}D and ${ranks[1]}D`,
    );
  }
  if (ranks.some((rank) => rank > 2)) throw new NotBuilt('a product of batches');
  const [left, right] = [a, b].map(({ shape }) => shape);
  if (a.isMeta || b.isMeta) throw new NotBuilt('a product on meta');
  if (ranks[1] === 1) return ranks[0] === 1 ? dot(a, b) : matrixByVector(a, b);
  const rows = ranks[0] === 1 ? [1, left[0]] : left;
  if (rows[1] !== right[0]) {
    throw runtimeError(
      `mat1 and mat2 shapes cannot be multiplied (${rows.join('x')} and ${right.join('x')})`,
    );
  }
  if (a.dtype !== b.dtype) {
    throw runtimeError(
      `expected m1 and m2 to have the same dtype, but got: ${dtypes[a.dtype].cppType} != ${dtypes[b.dtype].cppType}`,
    );
  }
  return [...left.slice(0, -1), right[1]];
}

function dot(a: Tensor, b: Tensor): Shape {
  const [[n], [m]] = [a.shape, b.shape];
  if (a.dtype !== b.dtype) {
    throw runtimeError(
      `dot : expected both vectors to have same dtype, but found ${dtypes[a.dtype].scalarType} and ${dtypes[b.dtype].scalarType}`,
    );
  }
  if (n === m) return [];
  throw runtimeError(
    `inconsistent tensor size, expected tensor [${n}] and src [${m}] to have the same number of elements, ` +
      `but got ${n} and ${m} elements respectively`,
  );
}

function matrixByVector(matrix: Tensor, vector: Tensor): Shape {
  const [[rows, columns], [n]] = [matrix.shape, vector.shape];
  if (columns !== n)
    throw runtimeError(`size mismatch, got input (${rows}), mat (${rows}x${columns}), vec (${n})`);
  if (matrix.dtype === vector.dtype) return [rows];
  const [first, second] = [matrix, vector].map(({ dtype }) => dtypes[dtype].scalarType);
  throw runtimeError(
    `addmv input tensors must have the same dtype, but got ${second}, ${first}, and ${second}`,
  );
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}
