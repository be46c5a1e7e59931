/** A folder of checkpoint cases made by real PyTorch: files, and what each step of a program did with them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, parseLiterals } from '../../src/torch/program/literal-json';
import { asList, asObject } from '../../src/torch/program/spec-json';
import { PyFloat } from '../../src/torch/python/values';

export type JsonObject = { readonly [key: string]: Json };

export interface CorpusCase {
  readonly id: string;
  /** 1: text exact; 2: outcome and class; 3: informational. */
  readonly tier: number;
  /** False where the case carries Python text. */
  readonly structured: boolean;
  /** File of the folder, and its name on disk when it is loaded. */
  readonly files: readonly (readonly [string, string])[];
  readonly env: JsonObject;
  readonly steps: readonly JsonObject[];
  readonly after: readonly string[];
  readonly expect: Expected;
  /** Of an attack: the names a report must hold. The file must never be run. */
  readonly reportGlobals: readonly string[] | null;
}

export interface Expected {
  readonly outcome: string;
  readonly results: readonly unknown[];
  readonly error: {
    readonly step: number;
    readonly type: string;
    readonly module: string;
    readonly message: string;
  } | null;
  readonly warnings: readonly { readonly category: string; readonly message: string }[];
}

export interface Corpus {
  readonly dir: string;
  readonly cases: readonly CorpusCase[];
  /** What is said of each file: the net it holds, whether a writer must reproduce it. */
  readonly files: JsonObject;
}

export function hasCorpusCases(dir: string): boolean {
  return existsSync(join(dir, 'cases.json'));
}

export function readCorpus(dir: string): Corpus {
  const root = asObject(parseLiterals(readFileSync(join(dir, 'cases.json'), 'utf8')));
  return {
    dir,
    files: asObject(root.files),
    cases: asList(root.cases).map((json) => readCase(asObject(json))),
  };
}

function readCase(json: JsonObject): CorpusCase {
  const strings = (list: Json | undefined): string[] => asList(list ?? []).map(String);
  return {
    id: String(json.id),
    tier: Number(json.tier),
    structured: json.structured === true,
    files: asList(json.files ?? []).map((pair) => strings(pair) as [string, string]),
    env: asObject(json.env ?? {}),
    steps: asList(json.steps).map(asObject),
    after: strings(json.after),
    expect: plain(json.expect) as Expected,
    reportGlobals: json.product === undefined ? null : strings(asObject(json.product).report_globals),
  };
}

/** JSON as `JSON.parse` gives it: floats are numbers again. */
export function plain(json: Json | undefined): unknown {
  if (json instanceof PyFloat) return json.value;
  if (Array.isArray(json)) return json.map(plain);
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plain(value)]));
}

export function readFile(dir: string, name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(dir, name)));
}
