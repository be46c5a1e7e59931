/** Tensors as text that reads back as the same values: `numpy.loadtxt(file, delimiter=',', ndmin=2)`. */
import { type DType, dtypes } from '../dtype';
import { type Element, elementsIn } from '../elements';
import { complexRepr, float32Repr, floatRepr } from '../python/repr';
import { PyComplex } from '../python/values';
import type { Shape } from '../tensor';

/** Values of a line: the last axis, in row-major order. */
export function csvColumns(shape: Shape): number {
  return shape.at(-1) ?? 1;
}

/** The lines for these bytes of a tensor, which hold whole lines. A bool is 0 or 1, a complex `(1+2j)`. */
export function csvLines(bytes: Uint8Array, dtype: DType, columns: number): string {
  const cells = cellsOf(bytes, dtype);
  let text = '';
  for (let at = 0; at < cells.length; at += columns) text += `${cells.slice(at, at + columns).join(',')}\n`;
  return text;
}

function cellsOf(bytes: Uint8Array, dtype: DType): string[] {
  switch (dtypes[dtype].kind) {
    case 'int':
    case 'bool':
    case 'quantized':
      return elementsIn(bytes, dtype).map(String);
    case 'complex':
      return dtype === 'complex64'
        ? complexCells(bytes, 'float32', float32Repr)
        : complexCells(bytes, 'float64', floatRepr);
    case 'float': {
      // What is narrower than float32 is held by it exactly.
      const show = dtype === 'float64' ? floatRepr : float32Repr;
      return elementsIn(bytes, dtype).map((x) => show(Number(x)));
    }
  }
}

/** Each part with the digits of its own width. */
function complexCells(bytes: Uint8Array, part: DType, show: (x: number) => string): string[] {
  const parts: Element[] = elementsIn(bytes, part);
  return Array.from({ length: parts.length / 2 }, (_, i) =>
    complexRepr(new PyComplex(Number(parts[2 * i]), Number(parts[2 * i + 1])), show),
  );
}
