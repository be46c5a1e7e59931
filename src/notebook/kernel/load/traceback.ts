/** A traceback as Python prints it: the friend's line, then the frames inside torch that PyTorch 2.13 shows on Python 3.11. */
import type { PythonError } from '../../../torch/errors';
import { attributeSuggestion, nameSuggestion } from '../../../torch/python/suggest';
import type { LoadProgram } from '../../load-program';
import { loadScript, type Stage } from '../../load-script';
import type { TracebackLine } from '../../views';
import { DIRECTORY } from './friend-program';
import frames from './tracebacks.json';

export interface Raised {
  readonly program: LoadProgram;
  readonly stage: Stage;
  /** The statement that raised, and its line in the script (0-based). */
  readonly code: string;
  readonly line: number;
  readonly error: PythonError;
  /** Names of the layers of the model that was called. */
  readonly layers: Iterable<string>;
  readonly isZip: boolean;
  readonly weightsOnly: boolean;
}

export function traceback(raised: Raised): TracebackLine[] {
  const { code, line, error, program } = raised;
  const marks = program.python === '3.11' ? marksOf311(raised) : marksOf314(raised);
  return [
    { text: 'Traceback (most recent call last):', inner: false },
    { text: `  File "${program.script}", line ${line + 1}, in <module>`, inner: false },
    { text: `    ${code}`, inner: false },
    ...(marks === null ? [] : [{ text: `    ${marks}`, inner: false }]),
    ...innerFrames(raised).flatMap((frame) => frame.map((text) => ({ text, inner: true }))),
    { text: `${error.shown}${suggestion(raised)}`, inner: false },
  ];
}

function suggestion({ program, error, line, stage, layers }: Raised): string {
  // A load may run the script once more.
  if ((stage === 'call' || stage === 'load') && error.type === 'AttributeError') {
    const attribute = /has no attribute '(\w+)'$/.exec(error.message)?.[1];
    return attribute === undefined ? '' : attributeSuggestion(attribute, layers);
  }
  if (error.type !== 'NameError') return '';
  const names = loadScript(program)
    .code.slice(0, line)
    .flatMap((code) => {
      const name = /^(?:import \S+ as|from \S+ import|import|class) (\w+)|^(\w+) = /.exec(code);
      return name ? [name[1] ?? name[2]] : [];
    });
  return nameSuggestion(program.className, names);
}

/** What is marked of a line: `~` up to `split`, then `^`. */
interface Span {
  readonly from: number;
  readonly split: number;
  readonly to: number;
}

/** The part of the line that raised. */
function spanOf({ stage, code, program, error }: Raised): Span {
  const of = (text: string): Span => {
    const from = code.indexOf(text);
    return { from, split: from, to: from + text.length };
  };
  const value = code.slice(/^\w+ = /.exec(code)?.[0].length ?? 0);
  switch (stage) {
    case 'import':
    case 'import_from':
      return { from: 0, split: 0, to: code.length };
    case 'construct':
    case 'allow':
      // A name that is there and cannot be called.
      return of(error.type === 'TypeError' ? value : program.className);
    case 'eval':
      return of('model.eval');
    case 'strip':
      return of('state_dict.items');
    case 'entry':
      return { ...of(value), split: code.indexOf('[') };
    default:
      return of(value);
  }
}

/** The whole line is not marked, nor any part of a call told apart. */
function marksOf311(raised: Raised): string | null {
  const span = spanOf(raised);
  return span.from === 0 && span.to === raised.code.length ? null : drawn(span);
}

/** Since 3.13 (Lib/traceback.py, `_should_show_carets`): an assigned call is not marked; of a bare one the arguments are. */
function marksOf314(raised: Raised): string | null {
  const span = spanOf(raised);
  if (raised.stage.startsWith('import')) return null;
  const isCall = span.to === raised.code.length && raised.code.endsWith(')');
  if (!isCall || raised.stage === 'entry') return drawn(span);
  return span.from > 0 ? null : drawn({ ...span, split: raised.code.indexOf('(') });
}

function drawn({ from, split, to }: Span): string {
  return ' '.repeat(from) + '~'.repeat(split - from) + '^'.repeat(to - split);
}

type Frames = readonly (readonly string[])[];

/** Frames are shown only where they were recorded for this very raise; elsewhere the error stands alone. */
function innerFrames({ stage, error, isZip, weightsOnly, program }: Raised): Frames {
  // The script run once more, as a module of its own name, adds frames that no other raise has.
  const asked = /^Can't get attribute '.*' on <module '(?!__main__')[^']+' from '(?<path>.*)'>$/.exec(
    error.message,
  );
  if (asked?.groups?.path === `${DIRECTORY}/${program.script}`) return [];
  if (program.torch !== '2.13' || program.python !== '3.11') return [];
  if (stage === 'load_state_dict')
    return error.type === 'TypeError' ? frames.not_a_dict : frames.load_state_dict;
  if (stage !== 'load') return [];
  return (isZip ? zipFrames(error, weightsOnly) : legacyFrames(error, weightsOnly)) ?? [];
}

function zipFrames({ type, message }: PythonError, weightsOnly: boolean): Frames | undefined {
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

function legacyFrames({ type, message }: PythonError, weightsOnly: boolean): Frames | undefined {
  if (!weightsOnly) return type === 'UnpicklingError' ? frames.legacy : undefined;
  if (message.startsWith('Weights only load failed')) return frames.legacy_weights_only;
  if (type === 'EOFError') return frames.empty;
  return type === 'KeyError' ? frames.legacy_lookup : undefined;
}
