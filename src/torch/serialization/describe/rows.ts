/** Opcodes as rows of a table, a page at a time. */
import { bytesRepr, floatRepr, strRepr } from '../../python/repr';
import { PyBytes } from '../../python/values';
import type { Instruction } from '../pickle/instructions';
import { limits } from '../refusal';
import { verdictOfCallee, weightOf } from './pickle';
import type { DescribedValue, OpcodeMark, OpcodeRow } from './pickle-types';
import { callText, cut, globalText, pythonText } from './python-text';
import { type PickleInput, pickleSteps, type Step } from './steps';
import type { NamedStorages } from './storages';

/** Goes through a pickle once for pages that follow each other, and starts anew for one before. */
export class RowPages {
  private readonly open: () => PickleInput;
  private storages: NamedStorages | null = null;
  private steps: ReturnType<typeof pickleSteps> | null = null;
  private next = 0;

  /** `open` gives the pickle afresh. */
  constructor(open: () => PickleInput) {
    this.open = open;
  }

  rows(from: number, count: number): OpcodeRow[] {
    if (!this.steps || from < this.next) {
      const input = this.open();
      this.storages = input.storages;
      this.steps = pickleSteps(input);
      this.next = 0;
    }
    const rows: OpcodeRow[] = [];
    while (this.next < from + count) {
      const step = this.steps.next();
      if (step.done) break;
      if (this.next++ >= from) rows.push(rowOf(step.value, this.storages as NamedStorages));
    }
    return rows;
  }
}

function rowOf(step: Step, storages: NamedStorages): OpcodeRow {
  const { index, instruction, before, after } = step;
  const { position, end, opcode } = instruction;
  return {
    index,
    position,
    size: end - position,
    code: opcode.code,
    name: opcode.name,
    argument: argumentText(instruction),
    memo: memoOf(step),
    stack: { before, after },
    weight: weightOf(step),
    mark: markOf(step, storages),
  };
}

function memoOf({ instruction, nextSlot }: Step): OpcodeRow['memo'] {
  const { name } = instruction.opcode;
  if (name === 'MEMOIZE') return { slot: nextSlot, access: 'put' };
  const access = name.endsWith('PUT') ? 'put' : name.endsWith('GET') ? 'get' : null;
  return access && { slot: Number(instruction.argument), access };
}

function argumentText({ opcode, argument }: Instruction): string | null {
  const { shownText } = limits;
  if (argument === null) return null;
  if (argument instanceof Uint8Array) {
    const shown = bytesRepr(new PyBytes(argument.subarray(0, shownText), opcode.name === 'BYTEARRAY8'));
    return argument.length > shownText ? `${shown}…` : shown;
  }
  if (opcode.name === 'BINFLOAT') return floatRepr(Number(argument));
  if (typeof argument === 'string') {
    const isText = opcode.argument.startsWith('text') || /UNICODE|STRING|PERSID/.test(opcode.name);
    return isText ? cut(strRepr(argument.slice(0, shownText + 1))) : cut(argument);
  }
  return typeof argument === 'object' ? cut(argument.join(' ')) : cut(String(argument));
}

function markOf({ notes, fault }: Step, storages: NamedStorages): OpcodeMark | null {
  if (fault !== null) return { id: 'fault', params: { reason: fault } };
  const note = notes[notes.length - 1];
  switch (note?.id) {
    case 'imports': {
      const { verdict } = note.global;
      if (verdict === 'computed') return { id: 'computed', params: {} };
      return { id: 'imports', params: { name: cut(globalText(note.global)), verdict } };
    }
    case 'calls':
    case 'makes':
      return {
        id: note.id,
        params: { text: callText(note.callee, note.args), verdict: verdictOfCallee(note.callee) },
      };
    case 'sets':
      return { id: 'sets', params: { name: pythonText(note.target, 80), entries: entryCount(note.state) } };
    case 'storage': {
      const { key, dtype, size, location } = storages.at(note.storage);
      return { id: 'storage', params: { key: cut(key), dtype, size, location: cut(location) } };
    }
    case 'recalls':
      return { id: 'recalls', params: { slot: note.slot, text: pythonText(note.value, 80) } };
    case 'stops':
      return { id: 'stops', params: {} };
    default:
      return null;
  }
}

function entryCount(state: DescribedValue): number {
  if (state.kind === 'dict') return state.entries.length;
  return 'items' in state ? state.items.length : 0;
}
