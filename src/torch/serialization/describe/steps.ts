/** A pickle, instruction by instruction, through the machine that does nothing. */
import { type Instruction, instructions } from '../pickle/instructions';
import { opcodeOf } from '../pickle/opcodes';
import { limits } from '../refusal';
import { Drafts, LimitMet } from './drafts';
import { DescribingMachine, type Note, type PersistentLoad } from './machine';
import type { DescribedValue, PickleDescription } from './pickle-types';
import type { NamedStorages } from './storages';

export interface PickleInput {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** The bytes are the beginning of something longer. */
  readonly isCut: boolean;
  readonly storages: NamedStorages;
  readonly persistentLoad: PersistentLoad;
}

export interface Step {
  readonly index: number;
  readonly instruction: Instruction;
  readonly notes: readonly Note[];
  /** Height of the stack. */
  readonly before: number;
  readonly after: number;
  /** Slot that a MEMOIZE fills. */
  readonly nextSlot: number;
  /** Where CPython stops: the message, at the first instruction that has one. */
  readonly fault: string | null;
}

export interface Ended {
  readonly end: number;
  readonly protocol: number;
  readonly ending: PickleDescription['ending'];
  /** Why, where it is a fault or a limit: the message, or the limit's name. */
  readonly reason: string | null;
  /** Position of the fault. */
  readonly at: number;
  readonly result: DescribedValue | null;
}

/** Steps until STOP, the end, or what stops it. Raises nothing. */
export function* pickleSteps(input: PickleInput): Generator<Step, Ended> {
  const { bytes, start, storages, persistentLoad } = input;
  const machine = new DescribingMachine({ drafts: new Drafts(), storages }, persistentLoad);
  const walk = instructions(bytes, start);
  let faultAt = -1;
  let position = start;
  const ended = (end: number, ending: Ended['ending'], reason: string | null, at: number): Ended => {
    const { protocol, result } = machine;
    return { end, protocol, ending, reason, at, result: ending === 'stop' ? result : null };
  };
  try {
    for (let index = 0; ; index++) {
      const next = walk.next();
      if (next.done) {
        const { end, stopped } = next.value;
        if (machine.fault !== null) return ended(end, 'fault', machine.fault, faultAt);
        if (stopped) return ended(end, 'stop', null, end);
        if (index >= limits.opcodes) throw new LimitMet('opcodes');
        return ended(end, ...whyNoMore(input, end), end);
      }
      const instruction = next.value;
      position = instruction.position;
      const { height: before, nextSlot, fault: faultBefore } = machine;
      const notes = machine.execute(instruction);
      const fault = faultBefore === null ? machine.fault : null;
      if (fault !== null) faultAt = position;
      yield { index, instruction, notes, before, after: machine.height, nextSlot, fault };
    }
  } catch (error) {
    if (!(error instanceof LimitMet)) throw error;
    return ended(position, 'limit', error.limit, position);
  }
}

function whyNoMore({ bytes, isCut }: PickleInput, end: number): [Ended['ending'], string | null] {
  if (end < bytes.length && !opcodeOf.has(bytes[end])) return ['unknown opcode', null];
  return isCut ? ['limit', 'pickleBytes'] : ['end of data', null];
}
