/** What `load_state_dict` complains of, read back from its message: keys, shapes, and the likely reason (torch/nn/modules/module.py). */
import { type Found, lastMatch, message } from './message';
import type { Details, Family, Mismatch } from './recognised';

const NAME = '[^"\']{1,300}';
const SIZE = String.raw`torch\.Size \( \[ (?:\d{1,12},?){0,8} \] \)`;

const head = message`Error\(s\) in loading state_dict for (?<model>[\w.]{1,100}?) :`;
const missing = message`Missing key\(s\) in state_dict: (?=["'])`;
const unexpected = message`Unexpected key\(s\) in state_dict: (?=["'])`;
const listed = new RegExp(`["'](${NAME})["'],?`, 'y');

const mismatches = [
  message`size mismatch for (?<key>[^:"']{1,300}) : copying a param (?:with shape|of) (?<file>${SIZE}) from checkpoint, (?:the shape in current model is|where the shape is) (?<model>${SIZE})`,
  // 0.3 and older.
  message`While copying the parameter named ["']? (?<key>[^"',]{1,300}) ["']?, whose dimensions in the model are (?<model>${SIZE}) and whose dimensions in the checkpoint are (?<file>${SIZE})`,
];
/** 0.3 and older: a KeyError each. */
const oldUnexpected = message`unexpected key ["']{1,2} (?<key>${NAME}) ["']{1,2} in state_dict`;
const oldMissing = message`missing keys? in state_dict: ["']? \{ (?=["'])`;
const notTensors = message`While copying the parameter named ["'] (?<key>${NAME}) ["'], expected torch\.Tensor or Tensor-like object from checkpoint but received`;

const MISMATCHES = 500;
const LISTED = 2000;
const prefixes = ['module.', '_orig_mod.'];
const checkpointKey = /^(?:epochs?|model|net|args|config|(?:\w*_)?state_dict|\w*optim\w*|\w*scheduler\w*)$/;

export function keyComplaint(text: string): (Found & { family: Family; details: Details }) | null {
  const named = lastMatch(text, [head]);
  const last = lastMatch(text, [
    head,
    missing,
    unexpected,
    oldMissing,
    oldUnexpected,
    notTensors,
    ...mismatches,
  ]);
  if (!last) return null;
  // Without its head a message is what stands together at the end.
  const from = named?.from ?? 0;
  const said = text.slice(from);
  const keys = {
    missing: [...listAfter(said, missing), ...listAfter(said, oldMissing)],
    unexpected: [
      ...listAfter(said, unexpected),
      ...[...said.matchAll(oldUnexpected)].map(({ groups }) => groups?.key ?? '').slice(0, LISTED),
    ],
    mismatch: mismatches
      .flatMap((pattern) => [...said.matchAll(pattern)].map(mismatchOf))
      .slice(0, MISMATCHES),
  };
  const model = named?.groups.model;
  const found = reasonOf(keys, lastMatch(said, [notTensors]) !== null) ?? (named && withoutKeys(said));
  if (!found) return null;
  return {
    ...last,
    from: named?.from ?? lastMatch(text, [missing, unexpected, ...mismatches])?.from ?? last.from,
    family: found.family,
    details: {
      ...(model !== undefined && { model }),
      ...(found.prefix !== undefined && { prefix: found.prefix }),
      ...(keys.missing.length > 0 && { missing: keys.missing }),
      ...(keys.unexpected.length > 0 && { unexpected: keys.unexpected }),
      ...(keys.mismatch.length > 0 && { mismatch: keys.mismatch }),
    },
  };
}

interface Reason {
  readonly family: Family;
  readonly prefix?: string;
}

interface Keys {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatch: readonly Mismatch[];
}

/** `null` where no key is named. */
function reasonOf({ missing, unexpected, mismatch }: Keys, holdsOthers: boolean): Reason | null {
  const all = (keys: readonly string[], prefix: string) =>
    keys.length > 0 && keys.every((key) => key.startsWith(prefix));
  for (const prefix of prefixes) {
    if (all(unexpected, prefix) && !all(missing, prefix)) return { family: 'prefix_file', prefix };
    if (all(missing, prefix) && !all(unexpected, prefix)) return { family: 'prefix_model', prefix };
  }
  if (unexpected.some((key) => checkpointKey.test(key))) return { family: 'checkpoint_level' };
  const prefix = otherPrefix(missing, unexpected);
  if (prefix !== null) return { family: 'prefix_other', prefix };
  if (missing.length > 0 && unexpected.length > 0) return { family: 'keys_renamed' };
  if (missing.length > 0) return { family: 'keys_missing' };
  if (unexpected.length > 0) return { family: 'keys_unexpected' };
  if (mismatch.length > 0) return { family: isHead(mismatch) ? 'head_mismatch' : 'size_mismatch' };
  return holdsOthers ? { family: 'not_tensors' } : null;
}

/** People leave long lists of keys out: the words before them still tell a little. */
function withoutKeys(said: string): Reason | null {
  const [lacks, has] = [said.includes('Missingkey(s)in'), said.includes('Unexpectedkey(s)in')];
  if (lacks) return { family: has ? 'keys_renamed' : 'keys_missing' };
  if (has) return { family: 'keys_unexpected' };
  return said.includes('sizemismatchfor') ? { family: 'size_mismatch' } : null;
}

/** What all keys of the file begin with, where the model's are the rest of them: `backbone.`. */
function otherPrefix(missing: readonly string[], unexpected: readonly string[]): string | null {
  const [first] = unexpected;
  const wanted = missing.find((key) => first?.endsWith(`.${key}`));
  if (first === undefined || wanted === undefined) return null;
  const prefix = first.slice(0, -wanted.length);
  return unexpected.every((key) => key.startsWith(prefix)) ? prefix : null;
}

/** One layer with another number of outputs: all that feeds it fits. */
function isHead(mismatch: readonly Mismatch[]): boolean {
  const layers = new Set(mismatch.map(({ key }) => key.slice(0, key.lastIndexOf('.'))));
  return (
    layers.size === 1 &&
    mismatch.some(({ model }) => model.length > 1) &&
    mismatch.every(
      ({ file, model }) => file.length === model.length && file.every((d, i) => i === 0 || d === model[i]),
    )
  );
}

function listAfter(text: string, start: RegExp): string[] {
  const found = lastMatch(text, [start]);
  if (!found) return [];
  const keys: string[] = [];
  listed.lastIndex = found.to;
  for (let next = listed.exec(text); next && keys.length < LISTED; next = listed.exec(text))
    keys.push(next[1]);
  return keys;
}

function mismatchOf({ groups = {} }: RegExpMatchArray): Mismatch {
  const size = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  return { key: groups.key, file: size(groups.file), model: size(groups.model) };
}
