/** What an opcode does, as an id of the catalogue: what the default load refuses is told as what would happen. */
import type { OpcodeRow, PickleDescription } from '../../notebook/views/inspection';
import type { Words } from '../../notebook/views/words';

/** By verdict. A class is what a whole model is made of: its own name says enough beside the argument. */
const importWords: Readonly<Record<string, string>> = { allowed: 'takes', class: 'wouldTake' };

/** By `torch.load` with its default `weights_only`. */
export function isRefused({ weight, mark }: OpcodeRow): boolean {
  const called = mark?.id === 'calls' || mark?.id === 'makes';
  return weight === 3 || (called && mark.params.verdict !== 'allowed');
}

export function opcodeWords(
  { mark, name, argument, memo }: OpcodeRow,
  refused: boolean,
  { globals }: PickleDescription,
): Words | null {
  if (!mark) {
    if (name === 'PROTO') return { id: 'protocol', params: { version: argument ?? '' } };
    return memo?.access === 'put' ? { id: 'remembers', params: { slot: memo.slot } } : null;
  }
  const { id, params } = mark;
  if (id === 'imports') {
    const entry = globals.find((one) => `${one.module}.${one.name}` === params.name);
    const names = { module: entry?.module ?? '', name: entry?.name ?? String(params.name) };
    return { id: importWords[String(params.verdict)] ?? 'wouldImport', params: names };
  }
  // INST and OBJ call what they name: only NEWOBJ goes without `__init__`.
  const makes = id === 'makes' && name.startsWith('NEWOBJ');
  if (id === 'calls' || id === 'makes') {
    const told = makes ? (['makes', 'wouldMake'] as const) : (['calls', 'wouldCall'] as const);
    return { id: told[refused ? 1 : 0], params };
  }
  return { id, params };
}
