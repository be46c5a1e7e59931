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

/** Frames are shown only where they were recorded for this very raise; elsewhere the error stands alone. */
function innerFrames({ stage, error, isZip, weightsOnly }: Raised): readonly (readonly string[])[] {
  if (stage === 'load_state_dict')
    return error.type === 'TypeError' ? frames.not_a_dict : frames.load_state_dict;
  if (stage !== 'load') return [];
  return (isZip ? zipFrames(error, weightsOnly) : legacyFrames(error, weightsOnly)) ?? [];
}

function zipFrames(
  { type, message }: PythonError,
  weightsOnly: boolean,
): readonly (readonly string[])[] | undefined {
  if (type === 'UnpicklingError' && message.startsWith('Weights only load failed'))
    return frames.weights_only;
  if (!weightsOnly && type === 'ModuleNotFoundError') return frames.module_missing;
  if (!weightsOnly && message.startsWith("Can't get attribute")) return frames.class_missing;
  if (/^PytorchStreamReader failed (reading zip archive|finding central directory)/.test(message))
    return frames.zip_reader;
  if (
    /^(Attempting to deserialize object on a CUDA device|don't know how to restore data location)/.test(
      message,
    )
  ) {
    return weightsOnly ? frames.restore_location : frames.restore_location_unrestricted;
  }
  return undefined;
}

function legacyFrames(
  { type, message }: PythonError,
  weightsOnly: boolean,
): readonly (readonly string[])[] | undefined {
  if (!weightsOnly) return type === 'UnpicklingError' ? frames.legacy : undefined;
  if (message.startsWith('Weights only load failed')) return frames.legacy_weights_only;
  if (type === 'EOFError') return frames.empty;
  return type === 'KeyError' ? frames.legacy_lookup : undefined;
}
