/** Tells from a pasted text which mistake of saving and loading it reports. Nothing of the text is ever executed. */
import { frames, loading, mayBeInFile, type Rule, rules, spawning } from './families';
import { keyComplaint } from './key-complaints';
import { type Found, lastMatch, message } from './message';
import { plainText, squeezed, unsqueezedIndex } from './plain-text';
import type { Details, Family, Recognised } from './recognised';

/** Characters of a text that are looked at: its end, where a program says why it stopped. */
const LOOKED_AT = 4_000_000;
const EXCERPT = 600;

const exception =
  /(?:_?pickle\.)?(?:UnpicklingError|RuntimeError|AttributeError|ModuleNotFoundError|ImportError|KeyError|TypeError|ValueError|EOFError|FileNotFoundError|AssertionError|IndexError|UnicodeDecodeError|SafetensorError|OSError|IOError)/g;
/** Between a class and its message. */
const colon = /^[\s:*`"']{0,6}$/;
/** Characters before a message in which its class stands. */
const BEFORE = 60;
/** As Python and as IPython write it. */
const loadFrame = message`torch[/\\]{1,2}serialization\.py (?:["'], line | :) \d{1,7}`;
/** Python 2 puts no quotes around the name. */
const bareModule = message`ImportError: No module named (?!["'])`;

interface Candidate extends Found {
  readonly family: Family;
  readonly details: Details;
}

/** `null` for a text that reports none. */
export function recognise(pasted: string): Recognised | null {
  const plain = plainText(pasted.slice(-LOOKED_AT));
  const text = squeezed(plain);
  const hints = hintsOf(text);
  const candidates = [
    ...rules.map((rule) => ruled(rule, text, hints)),
    keyComplaint(text),
    bare(plain, text, hints),
  ].filter((one) => one !== null);
  // Of several errors the last is the one that stopped the program; at the same place the one that names more.
  const last = candidates.reduce<Candidate | null>(
    (best, one) => (best === null || one.to > best.to ? one : best),
    null,
  );
  const found = last ?? insideLoad(text, hints);
  if (!found) return null;
  const type = typeBefore(text, found);
  return {
    family: found.family,
    type: type?.name ?? null,
    details: found.details,
    excerpt: excerptOf(plain, type?.from ?? found.from, found.to),
  };
}

interface Hints {
  readonly loads: boolean;
  readonly framed: boolean;
  readonly spawns: boolean;
}

function hintsOf(text: string): Hints {
  const says = (pattern: RegExp) => text.search(pattern) >= 0;
  return { loads: says(loading), framed: says(frames), spawns: says(spawning) };
}

function isEnough({ evidence }: Pick<Rule, 'evidence'>, { loads, framed, spawns }: Hints): boolean {
  if (evidence === 'own') return true;
  if (evidence === 'needed') return loads;
  return !framed || (loads && !spawns);
}

function ruled(rule: Rule, text: string, hints: Hints): Candidate | null {
  if (!isEnough(rule, hints)) return null;
  const found = lastMatch(text, rule.patterns);
  if (!found) return null;
  const details = Object.fromEntries(
    Object.entries(found.groups).filter(([, value]) => value !== undefined),
  ) as Details;
  if (rule.accepts && !rule.accepts(details, text)) return null;
  const head = rule.head && lastMatch(text.slice(0, found.to), [rule.head]);
  return { ...found, from: head?.from ?? found.from, family: rule.family, details };
}

function bare(plain: string, text: string, hints: Hints): Candidate | null {
  const found = isEnough({ evidence: 'shared' }, hints) ? lastMatch(text, [bareModule]) : null;
  const module = found && /^[\w.]+/.exec(plain.slice(unsqueezedIndex(plain, found.to)))?.[0];
  if (!found || !module || !(hints.loads || mayBeInFile(module))) return null;
  return { ...found, family: 'module_missing', details: { module } };
}

/** A traceback through torch/serialization.py whose error no rule knows. */
function insideLoad(text: string, { framed }: Hints): Candidate | null {
  const inside = framed && lastMatch(text, [loadFrame]);
  const raised = lastMatch(text, [exception]);
  if (!inside || !raised || raised.to < inside.to) return null;
  return { ...raised, from: raised.to, family: 'load_other', details: {} };
}

function typeBefore(text: string, { from, to }: Found): { name: string; from: number } | null {
  const start = Math.max(0, from - BEFORE);
  // Some messages begin with their class.
  const inside = [...text.slice(start, to).matchAll(exception)].filter(
    ({ 0: name, index }) =>
      index + start >= from || colon.test(text.slice(index + start + name.length, from)),
  );
  const last = inside.at(-1);
  return last ? { name: last[0], from: last.index + start } : null;
}

function excerptOf(plain: string, from: number, to: number): string {
  const [start, end] = [unsqueezedIndex(plain, from), unsqueezedIndex(plain, to)];
  // To the end of its line, but not into what is said after it.
  const line = plain.slice(end).search(/\n|$/);
  const all = plain.slice(start, end + Math.min(line, 120)).trim();
  return all.length > EXCERPT ? `${all.slice(0, EXCERPT)}…` : all;
}
