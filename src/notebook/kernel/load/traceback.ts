/** A traceback as Python 3.11 prints it: the friend's line, then the frames inside torch that PyTorch 2.13 shows. */
import type { PythonError } from '../../../torch/errors';
import type { TracebackLine } from '../../views';
import frames from './tracebacks.json';

/** The statement that raised; what went wrong inside it decides the frames below. */
export type Stage = 'construct' | 'load' | 'load_state_dict' | 'eval';

export interface Raised {
  readonly stage: Stage;
  readonly error: PythonError;
  readonly isZip: boolean;
  readonly weightsOnly: boolean;
}

export function traceback(code: string, line: number, raised: Raised): TracebackLine[] {
  return [
    { text: 'Traceback (most recent call last):', inner: false },
    { text: `  File "load.py", line ${line + 1}, in <module>`, inner: false },
    { text: `    ${code}`, inner: false },
    ...caret(code, raised.stage),
    ...innerFrames(raised).flatMap((frame) => frame.map((text) => ({ text, inner: true }))),
    { text: raised.error.shown, inner: false },
  ];
}

/** Python 3.11 marks the expression that failed unless it is the whole line. */
function caret(code: string, stage: Stage): TracebackLine[] {
  const from = code.includes(' = ') ? code.indexOf(' = ') + 3 : 0;
  const expression = code.slice(from);
  // A missing name or attribute is marked up to the call's parenthesis.
  const marked =
    stage === 'construct' || stage === 'eval' ? expression.slice(0, expression.indexOf('(')) : expression;
  if (marked === code) return [];
  return [{ text: `    ${' '.repeat(from)}${'^'.repeat(marked.length)}`, inner: false }];
}

function innerFrames({ stage, error, isZip, weightsOnly }: Raised): readonly (readonly string[])[] {
  if (stage === 'load_state_dict')
    return error.type === 'TypeError' ? frames.not_a_dict : frames.load_state_dict;
  if (stage !== 'load') return [];
  if (!isZip) {
    if (error.type === 'UnpicklingError') return weightsOnly ? frames.legacy_weights_only : frames.legacy;
    if (error.type === 'EOFError' && weightsOnly) return frames.empty;
    return weightsOnly ? frames.legacy_lookup : frames.legacy;
  }
  switch (error.type) {
    case 'UnpicklingError':
      return weightsOnly ? frames.weights_only : frames.class_missing.slice(0, 2);
    case 'AttributeError':
    case 'ModuleNotFoundError':
      return frames.class_missing;
    case 'RuntimeError':
      if (error.message.startsWith('PytorchStreamReader')) return frames.zip_reader;
      return weightsOnly ? frames.restore_location : frames.restore_location_unrestricted;
    default:
      return [];
  }
}
