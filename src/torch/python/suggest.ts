/** "Did you mean: 'set'?": what Python offers behind a NameError or AttributeError (CPython 3.11, Python/suggestions.c). */

/** `vars(builtins)` in its order: the first of the nearest names wins. */
const builtins = (
  '__name__ __doc__ __package__ __loader__ __spec__ __build_class__ __import__ abs all any ascii bin ' +
  'breakpoint callable chr compile delattr dir divmod eval exec format getattr globals hasattr hash hex id ' +
  'input isinstance issubclass iter aiter len locals max min next anext oct ord pow print repr round ' +
  'setattr sorted sum vars None Ellipsis NotImplemented False True bool memoryview bytearray bytes ' +
  'classmethod complex dict enumerate filter float frozenset property int list map object range reversed ' +
  'set slice staticmethod str super tuple type zip __debug__ BaseException BaseExceptionGroup Exception ' +
  'GeneratorExit KeyboardInterrupt SystemExit ArithmeticError AssertionError AttributeError BufferError ' +
  'EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError ' +
  'StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning FloatingPointError ' +
  'OverflowError ZeroDivisionError BytesWarning DeprecationWarning EncodingWarning FutureWarning ' +
  'ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning ' +
  'UserWarning BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError ' +
  'InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError ' +
  'IndentationError IndexError KeyError ModuleNotFoundError NotImplementedError RecursionError ' +
  'UnboundLocalError UnicodeError BrokenPipeError ConnectionAbortedError ConnectionRefusedError ' +
  'ConnectionResetError TabError UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError ExceptionGroup ' +
  'EnvironmentError IOError open quit exit copyright credits license help'
).split(' ');

/** What a script has before its first line. */
const ofModules =
  '__name__ __doc__ __package__ __loader__ __spec__ __annotations__ __builtins__ __file__ __cached__'.split(
    ' ',
  );

const LONGEST = 40;
const MOVE_COST = 2;
const CASE_COST = 1;

/** What the traceback adds to `NameError: name '...' is not defined`; `globals` are the script's own names so far. */
export function nameSuggestion(name: string, globals: readonly string[]): string {
  return offered(nearest(name, [...ofModules, ...globals]) ?? nearest(name, builtins));
}

/** The same behind `'Net' object has no attribute '...'`; `names` are the object's own. */
export function attributeSuggestion(name: string, names: Iterable<string>): string {
  return offered(nearest(name, [...names].sort()));
}

function offered(found: string | null): string {
  return found === null ? '' : `. Did you mean: '${found}'?`;
}

function nearest(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const most = Math.floor(((name.length + candidate.length + 3) * MOVE_COST) / 6);
    const cost = levenshtein(name, candidate);
    if (cost > most || cost >= distance) continue;
    best = candidate;
    distance = cost;
  }
  return best;
}

function levenshtein(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i * MOVE_COST);
  for (let i = 1; i <= a.length; i++) {
    const next = [i * MOVE_COST];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(row[j - 1] + substitution(a[i - 1], b[j - 1]), row[j] + MOVE_COST, next[j - 1] + MOVE_COST),
      );
    }
    row = next;
  }
  return row[b.length];
}

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}
