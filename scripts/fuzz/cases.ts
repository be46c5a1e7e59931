/** The files a run starts from, and the one that a seed and a number make of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutateBytes } from './mutate-bytes';
import { mutatePickle } from './mutate-pickle';
import { membersOf, mutateZip } from './mutate-zip';
import { Random } from './random';

export interface Base {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly members: ReturnType<typeof membersOf>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const ownFolders = ['src/torch/serialization/testdata', 'e2e/fixtures/uploads'];
/** Larger files would be changed where nobody looks. */
const LARGEST = 100_000;

/** Every file of the fixtures, and of `folders`. */
export function bases(folders: readonly string[] = []): Base[] {
  const all = [...ownFolders.map((folder) => join(root, folder)), ...folders];
  return all.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => ({ name, path: join(folder, name) }))
      .filter(
        ({ path }) => !path.endsWith('.json') && statSync(path).isFile() && statSync(path).size <= LARGEST,
      )
      .map(({ name, path }) => {
        const bytes = new Uint8Array(readFileSync(path));
        return { name, bytes, members: membersOf(bytes) };
      }),
  );
}

export interface Case {
  readonly base: string;
  readonly bytes: Uint8Array;
  readonly random: Random;
}

export function caseOf(list: readonly Base[], seed: number, index: number): Case {
  const random = new Random(seed, index);
  const base = random.pick(list);
  const other = random.pick(list).bytes;
  let bytes = base.bytes;
  if (base.members && random.chance(0.88)) bytes = mutateZip(base.members, random);
  else if (!base.members && random.chance(0.5)) bytes = mutatePickle(bytes, random);
  else bytes = mutateBytes(bytes, random, other);
  if (random.chance(0.05)) bytes = mutateBytes(bytes, random, other);
  return { base: base.name, bytes, random };
}
