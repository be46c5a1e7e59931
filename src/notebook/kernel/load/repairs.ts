/** Changes that make a failed load work: each is tried before it is offered, best first. */

import { saveCode } from '../../code';
import { fileNames } from '../../file-names';
import type { LoadProgram } from '../../load-program';
import type { LoadView } from '../../views';
import { friendScript } from './friend';

type Repair = LoadView['repairs'][number];

const candidates: readonly (readonly [id: string, change: Partial<LoadProgram>])[] = [
  ['resave_state_dict', { how: 'state_dict', file: fileNames.state_dict }],
  ['load_as_state_dict', { how: 'state_dict' }],
  ['load_as_model', { how: 'model' }],
  ['same_width', { layers: 'same' }],
  ['map_cpu', { mapLocation: 'cpu' }],
  ['define_class', { classHome: 'main' }],
  ['class_in_train', { classHome: 'train' }],
  ['weights_only_false', { weightsOnly: 'False' }],
];

/** What was found out about the program that failed. */
export interface Failure {
  /** Runs a program and tells whether it then works. */
  readonly works: (program: LoadProgram) => boolean;
  /** Whether the file is a whole model of this page, which can be saved again the other way. */
  readonly resavable: boolean;
  /** Whether it was stopped by `weights_only`: that is repaired first, whatever comes after. */
  readonly byWeightsOnly: boolean;
}

/** One change each: a repair never trusts a file under another title. */
export function repairsOf(program: LoadProgram, { works, resavable, byWeightsOnly }: Failure): Repair[] {
  const repairs: Repair[] = [];
  for (const [id, change] of candidates) {
    if (id === 'resave_state_dict' && !resavable) continue;
    const changes = Object.entries(change).some(
      ([key, value]) => program[key as keyof LoadProgram] !== value,
    );
    if (!changes) continue;
    const repaired = { ...program, ...change };
    if (!works(repaired) && !(byWeightsOnly && id === 'weights_only_false')) continue;
    repairs.push({ id: worded(id, program), change, code: repairCode(id, program, repaired) });
  }
  return repairs;
}

/** A train.py that was moved is put back; one that never was there is written. */
function worded(id: string, before: LoadProgram): string {
  if (id !== 'class_in_train') return id;
  return before.classHome === 'src.train' ? 'move_back' : 'import_class';
}

function repairCode(id: string, before: LoadProgram, after: LoadProgram): string {
  if (id === 'resave_state_dict') {
    return [`- ${saveCode('model', before.file)}`, `+ ${saveCode('state_dict', after.file)}`].join('\n');
  }
  const [old, next] = [friendScript(before), friendScript(after)];
  const only = (mark: string, lines: readonly string[], other: readonly string[]): string[] =>
    lines.filter((line) => line.trim() !== '' && !other.includes(line)).map((line) => `${mark} ${line}`);
  return [...only('-', old.code, next.code), ...only('+', next.code, old.code)].join('\n');
}
