/** `torch.serialization.get_unsafe_globals_in_checkpoint`. */
import { PythonError } from '../errors';
import { Cursor } from './pickle/cursor';
import { instructions } from './pickle/instructions';
import { allowedGlobals, mapName } from './pickle/names';
import { weightsOnlyOpcodes } from './pickle/opcodes';
import { ArchiveReader, isZip } from './zip/reader';

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
    if (!weightsOnlyOpcodes.has(opcode.name))
      throw new PythonError('UnpicklingError', `Unsupported operand ${opcode.code}`);
    if (opcode.name === 'GLOBAL') found.add(mapName(...(argument as readonly [string, string])).join('.'));
  }
  return [...found].filter((name) => !allowedGlobals.has(name)).sort();
}
