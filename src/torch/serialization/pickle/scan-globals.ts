/**
 * Every name a pickle would import: GLOBAL, INST and STACK_GLOBAL, also where the strings of a STACK_GLOBAL come out of the memo
 * or are computed. A walk over the instructions with a stack of what is known; nothing runs.
 */
import { instructions } from './instructions';
import { mapName } from './names';

export interface GlobalReference {
  readonly module: string;
  readonly name: string;
  readonly position: number;
  /** False when the strings of a STACK_GLOBAL are results of calls. */
  readonly literal: boolean;
}

/** How `fullName` shows a name that only running the file would tell. */
export const computedName = '? (computed)';

export function fullName({ module, name, literal }: GlobalReference): string {
  return literal ? `${module}.${name}` : computedName;
}

const mark = Symbol('mark');
type Known = string | null | typeof mark;

/** References of one pickle from `start` on, and where it ends. Names are Python 3's. */
export function scanPickle(
  bytes: Uint8Array,
  start = 0,
): { readonly found: readonly GlobalReference[]; readonly end: number; readonly stopped: boolean } {
  const found: GlobalReference[] = [];
  const memo = new Map<number, Known>();
  const stack: Known[] = [];
  const pop = (): Known => stack.pop() ?? null;
  const popToMark = (): void => {
    while (stack.length > 0 && stack.pop() !== mark);
  };
  const report = (position: number, module: string, name: string): void => {
    const [mappedModule, mappedName] = mapName(module, name);
    found.push({ module: mappedModule, name: mappedName, position, literal: true });
  };
  const walk = instructions(bytes, start);
  for (;;) {
    const step = walk.next();
    if (step.done) return { found, ...step.value };
    const { opcode, argument, position } = step.value;
    switch (opcode.name) {
      case 'GLOBAL':
      case 'INST': {
        const [module, name] = argument as readonly [string, string];
        report(position, module, name);
        if (opcode.name === 'INST') popToMark();
        stack.push(null);
        break;
      }
      case 'STACK_GLOBAL': {
        const name = pop();
        const module = pop();
        if (typeof module === 'string' && typeof name === 'string') report(position, module, name);
        else found.push({ module: '', name: '', position, literal: false });
        stack.push(null);
        break;
      }
      case 'MARK':
        stack.push(mark);
        break;
      case 'POP':
        pop();
        break;
      case 'DUP':
        stack.push(stack[stack.length - 1] ?? null);
        break;
      case 'BINPUT':
      case 'LONG_BINPUT':
      case 'PUT':
        memo.set(Number(argument), stack[stack.length - 1] ?? null);
        break;
      case 'MEMOIZE':
        memo.set(memo.size, stack[stack.length - 1] ?? null);
        break;
      case 'BINGET':
      case 'LONG_BINGET':
      case 'GET':
        stack.push(memo.get(Number(argument)) ?? null);
        break;
      default:
        simulate(opcode.name, argument, stack, pop, popToMark);
    }
  }
}

/** Instructions that take values off the stack and leave one thing of which nothing is known. */
const takes: Readonly<Record<string, number>> = {
  TUPLE1: 1,
  TUPLE2: 2,
  TUPLE3: 3,
  REDUCE: 2,
  NEWOBJ: 2,
  NEWOBJ_EX: 3,
  BINPERSID: 1,
};
const takesToMark = new Set(['TUPLE', 'LIST', 'DICT', 'FROZENSET', 'OBJ']);
/** Instructions that change the object below what they take. */
const updates: Readonly<Record<string, number>> = { APPEND: 1, SETITEM: 2, BUILD: 1 };
const updatesToMark = new Set(['APPENDS', 'SETITEMS', 'ADDITEMS', 'POP_MARK']);
const silent = new Set(['PROTO', 'FRAME', 'STOP', 'NEXT_BUFFER', 'READONLY_BUFFER']);

function simulate(
  name: string,
  argument: unknown,
  stack: Known[],
  pop: () => Known,
  popToMark: () => void,
): void {
  if (silent.has(name)) return;
  if (updatesToMark.has(name)) {
    popToMark();
    return;
  }
  if (name in updates) {
    for (let i = 0; i < updates[name]; i++) pop();
    return;
  }
  if (takesToMark.has(name)) popToMark();
  else for (let i = 0; i < (takes[name] ?? 0); i++) pop();
  const isText = typeof argument === 'string' && !['INT', 'LONG', 'FLOAT', 'PERSID'].includes(name);
  stack.push(isText ? argument : null);
}

/** References of pickles written one after another, until something is none. */
export function scanPickles(bytes: Uint8Array, start = 0): GlobalReference[] {
  const all: GlobalReference[] = [];
  for (let at = start; at < bytes.length; ) {
    const { found, end, stopped } = scanPickle(bytes, at);
    all.push(...found);
    if (!stopped) break;
    at = end;
  }
  return all;
}
