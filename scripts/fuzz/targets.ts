/** What every file is put through. Each may raise PyTorch's errors and this program's refusals, and nothing else. */
import { PythonError } from '../../src/torch/errors';
import { Module } from '../../src/torch/nn/module';
import { Program } from '../../src/torch/program/program';
import { moduleRepr } from '../../src/torch/repr/module';
import { MemorySource } from '../../src/torch/serialization/byte-source';
import { openFile } from '../../src/torch/serialization/describe/open-file';
import { globalsInFile } from '../../src/torch/serialization/globals-in-file';
import { identify } from '../../src/torch/serialization/identify';
import { type LoadOptions, load } from '../../src/torch/serialization/load';
import { PartsInMemory } from '../../src/torch/serialization/parts-in-memory';
import { type Loadable, prefetch } from '../../src/torch/serialization/prefetch';
import { Refusal } from '../../src/torch/serialization/refusal';
import { unsafeGlobals } from '../../src/torch/serialization/unsafe-globals';
import type { Random } from './random';

const fileNames = ['model.pth', 'model.pth', 'model.pth', 'model.safetensors', null];
const places: LoadOptions[] = [{}, {}, { mapLocation: 'cpu' }, { mapLocation: 'meta' }];
const program = new Program();

type Target = readonly [name: string, run: (bytes: Uint8Array, random: Random) => unknown];

export const targets: readonly Target[] = [
  ['identify', (bytes) => identify(bytes)],
  ['globalsInFile', (bytes) => globalsInFile(bytes)],
  ['unsafeGlobals', (bytes) => outcome(() => unsafeGlobals(bytes))],
  [
    'load',
    (bytes, random) => {
      const options = optionsOf(random);
      for (const weightsOnly of [true, false]) outcome(() => load(bytes, { ...options, weightsOnly }));
    },
  ],
  ['describe', describeAll],
  ['load from parts', loadFromParts],
];

function optionsOf(random: Random): LoadOptions {
  return {
    fileName: random.pick(fileNames),
    ...random.pick(places),
    mmap: random.chance(0.2),
    program,
  };
}

/** How a call ends, in words; raises what must not be raised. */
function outcome(run: () => unknown): string {
  try {
    const value = run();
    if (value instanceof Module) return `Module ${moduleRepr(value).length}`;
    return typeof value;
  } catch (error) {
    if (error instanceof PythonError) return error.shown;
    if (error instanceof Refusal) return `${error.id} ${error.message}`;
    throw error;
  }
}

/** Tensors that are looked at. */
const LOOKED_AT = 6;
const MOST_ELEMENTS = 1 << 20;

async function describeAll(bytes: Uint8Array, random: Random): Promise<void> {
  const file = await openFile(new MemorySource(bytes));
  const { description } = file;
  // What crosses to the page must be plain; copying takes longer than describing, so not every time.
  if (random.chance(0.1)) structuredClone(description);
  for (const [i, pickle] of description.pickles.entries()) {
    await file.opcodeRows(i, 0, 200);
    await file.opcodeRows(i, Math.max(0, pickle.opcodes - 50), 100);
    await file.opcodeRows(i, random.below(pickle.opcodes + 1), 20);
    const path = Array.from({ length: random.below(4) }, () => random.below(4));
    file.outline(i, path, { depth: random.below(10), items: random.below(50) });
  }
  for (const [i, { numel, fault }] of description.tensors.slice(0, LOOKED_AT).entries()) {
    if (numel > MOST_ELEMENTS && !fault) continue;
    await asyncOutcome(() => file.statistics(i));
    const start = random.below(numel + 2);
    await asyncOutcome(() => file.readTensor(i, { start, end: start + random.below(2000) }));
  }
  await asyncOutcome(() => file.checkRecords({ checksums: true }));
  if (description.records.length > 0) {
    await asyncOutcome(() => file.readRecord(random.below(description.records.length), 0, 1000));
  }
}

async function asyncOutcome(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return 'done';
  } catch (error) {
    if (error instanceof PythonError || error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Must end as the load of the whole file does, or say that something was missing. */
async function loadFromParts(bytes: Uint8Array, random: Random): Promise<void> {
  const options = { ...optionsOf(random), fileName: 'model.pth', mmap: false };
  let parts: Loadable;
  try {
    parts = await prefetch(new MemorySource(bytes), 'model.pth');
  } catch (error) {
    // More than may be held is refused before the load can find something else wrong.
    if (error instanceof Refusal) return;
    throw error;
  }
  for (const weightsOnly of [true, false]) {
    const [inMemory, ranged] = [bytes, parts].map((file) =>
      outcome(() => load(file, { ...options, weightsOnly })),
    );
    const isMissed = parts instanceof PartsInMemory && parts.missed;
    if (!isMissed && inMemory !== ranged) throw new Error(`from parts: ${ranged}\nin memory: ${inMemory}`);
  }
}
