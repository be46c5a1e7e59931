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

/** What the message of a whole model's first error asks for. */
const trusting: Partial<LoadProgram> = { weightsOnly: 'False' };

/**
 * `works` runs a program and tells whether it then works. A whole model may need `weights_only=False` beside another
 * change; where it is enough by itself, nothing else is offered with it.
 */
export function repairsOf(program: LoadProgram, works: (program: LoadProgram) => boolean): Repair[] {
  const trustHelps = program.how === 'model' && !works({ ...program, ...trusting });
  const repairs: Repair[] = [];
  for (const [id, change] of candidates) {
    const changes = Object.entries(change).some(
      ([key, value]) => program[key as keyof LoadProgram] !== value,
    );
    if (!changes) continue;
    const ways = trustHelps ? [change, { ...change, ...trusting }] : [change];
    const found = ways.find((way) => works({ ...program, ...way }));
    if (!found) continue;
    const repaired = { ...program, ...found };
    repairs.push({ id: worded(id, program), change: found, code: repairCode(id, program, repaired) });
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
