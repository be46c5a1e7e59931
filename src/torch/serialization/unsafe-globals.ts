/** `torch.serialization.get_unsafe_globals_in_checkpoint`. */
import { PythonError } from '../errors';
import { Cursor } from './pickle/cursor';
import { instructions } from './pickle/instructions';
import { allowedGlobals, mapName } from './pickle/names';
import { ArchiveReader, isZip } from './zip/reader';

/** Opcodes its disassembler knows: those of the restricted unpickler. */
const known = new Set(
  (
    'NEWOBJ REDUCE BUILD APPEND APPENDS SETITEM SETITEMS MARK TUPLE TUPLE1 TUPLE2 TUPLE3 NONE NEWFALSE NEWTRUE EMPTY_TUPLE ' +
    'EMPTY_LIST EMPTY_DICT EMPTY_SET BINPERSID BININT BININT1 BININT2 BINFLOAT BINGET LONG_BINGET BINPUT LONG_BINPUT ' +
    'BINUNICODE SHORT_BINSTRING LONG1 PROTO STOP GLOBAL'
  ).split(' '),
);

/** Names `weights_only` would refuse, sorted. Raises ValueError for anything but a zip checkpoint, UnpicklingError for other opcodes. */
export function unsafeGlobals(bytes: Uint8Array): string[] {
  if (!isZip(bytes)) {
    throw new PythonError('ValueError', 'Expected input to be a checkpoint returned by torch.save');
  }
  const archive = new ArchiveReader(bytes);
  if (archive.allRecords().includes('constants.pkl')) {
    throw new PythonError(
      'ValueError',
      'Expected input to be a checkpoint returned by torch.save but got a torchscript checkpoint',
    );
  }
  const pickle = archive.record('data.pkl');
  const found = new Set<string>();
  const walk = instructions(pickle);
  for (;;) {
    const step = walk.next();
    if (step.done) {
      if (step.value.stopped) break;
      const next = new Cursor(pickle, step.value.end).read(1);
      if (next.length === 0) throw new PythonError('EOFError', '');
      throw new PythonError('UnpicklingError', `Unsupported operand ${next[0]}`);
    }
    const { opcode, argument } = step.value;
    if (!known.has(opcode.name))
      throw new PythonError('UnpicklingError', `Unsupported operand ${opcode.code}`);
    if (opcode.name === 'GLOBAL') found.add(mapName(...(argument as readonly [string, string])).join('.'));
  }
  return [...found].filter((name) => !allowedGlobals.has(name)).sort();
}
