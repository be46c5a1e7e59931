/** What a pickle says of itself: names, calls, the value, and where the default `torch.load` stops. */
import { allowedGlobals, blockedModules } from '../pickle/names';
import { weightsOnlyOpcodes } from '../pickle/opcodes';
import { limits } from '../refusal';
import { faultOf } from './faults';
import type { Note } from './machine';
import { outlineOf } from './outline';
import {
  type CallEntry,
  type DescribedValue,
  type GlobalEntry,
  type GlobalVerdict,
  opcodeWeight,
  type PickleDescription,
  type RefusedAt,
} from './pickle-types';
import { callText } from './python-text';
import { type PickleInput, pickleSteps, type Step } from './steps';

export interface DescribedPickle {
  readonly description: PickleDescription;
  /** The whole value, of which the description holds an outline. */
  readonly value: DescribedValue | null;
}

/** `record` is the index of the record it is in; positions are told in it. */
export function describePickle(input: PickleInput, record: number | null): DescribedPickle {
  const gathered = new Gathered();
  const steps = pickleSteps(input);
  let next = steps.next();
  for (; !next.done; next = steps.next()) gathered.add(next.value);
  const { end, protocol, ending, result } = next.value;
  const description = {
    record,
    start: input.start,
    end,
    protocol,
    ending,
    ...gathered.result(),
    value: result && outlineOf(result),
    fault: faultOf(next.value),
  };
  return { description, value: result };
}

class Gathered {
  private strip = new Uint8Array(1024);
  private count = 0;
  private readonly globals = new Map<string, GlobalEntry>();
  private readonly calls: CallEntry[] = [];
  private refusedAt: RefusedAt | null = null;

  add(step: Step): void {
    if (this.count === this.strip.length) {
      const wider = new Uint8Array(this.strip.length * 2);
      wider.set(this.strip);
      this.strip = wider;
    }
    this.strip[this.count++] = weightOf(step);
    for (const note of step.notes) this.note(note, step);
    this.refusedAt ??= refusal(step);
  }

  private note(note: Note, { index, instruction }: Step): void {
    const { position, opcode } = instruction;
    if (note.id === 'imports') {
      const { module, name, verdict } = note.global;
      const key = `${module}\n${name}`;
      const known = this.globals.get(key);
      const first = { module, name, verdict, index, position, opcode: note.opcode, count: 0 };
      this.globals.set(key, { ...(known ?? first), count: (known?.count ?? 0) + 1 });
    } else if (note.id === 'calls' || note.id === 'makes') {
      const verdict = verdictOfCallee(note.callee);
      if (verdict === 'allowed' || this.calls.length >= limits.listedCalls) return;
      this.calls.push({
        index,
        position,
        opcode: opcode.name,
        verdict,
        text: callText(note.callee, note.args),
      });
    }
  }

  result(): Pick<PickleDescription, 'opcodes' | 'strip' | 'globals' | 'calls' | 'refusedAt'> {
    return {
      opcodes: this.count,
      strip: this.strip.slice(0, this.count),
      globals: [...this.globals.values()],
      calls: this.calls,
      refusedAt: this.refusedAt,
    };
  }
}

export function verdictOfCallee(callee: DescribedValue): GlobalVerdict {
  if (callee.kind === 'global') return callee.global.verdict;
  // A dtype is no danger; what a registered extension stands for nobody can tell.
  return callee.kind === 'constant' && callee.text.startsWith('torch.') ? 'allowed' : 'computed';
}

const weighty = new Set([
  'REDUCE',
  'NEWOBJ',
  'NEWOBJ_EX',
  'OBJ',
  'BUILD',
  'BINPERSID',
  'PERSID',
  'EXT1',
  'EXT2',
  'EXT4',
]);

export function weightOf({ instruction, notes }: Step): number {
  const [first] = notes;
  if (first?.id === 'imports')
    return first.global.verdict === 'allowed' ? opcodeWeight.global : opcodeWeight.refused;
  return weighty.has(instruction.opcode.name) ? opcodeWeight.call : opcodeWeight.other;
}

/** What `weights_only=True` would stop at here, for the opcode or the name alone. */
function refusal({ index, instruction, notes }: Step): RefusedAt | null {
  const { position, opcode } = instruction;
  const at = { index, position, opcode: opcode.name };
  if (!weightsOnlyOpcodes.has(opcode.name)) return { ...at, reason: 'operand', name: null };
  const [first] = notes;
  if (first?.id !== 'imports') return null;
  const { module, name } = first.global;
  const path = `${module}.${name}`;
  if (blockedModules.has(module)) return { ...at, reason: 'blocked', name: path };
  return allowedGlobals.has(path) ? null : { ...at, reason: 'global', name: path };
}
