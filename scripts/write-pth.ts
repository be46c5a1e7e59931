/**
 * Writes checkpoints again from what they hold, for comparing bytes: `npm run write-pth -- IN OUT`.
 *
 * IN holds cases.json; every file it marks `rewrite` is made anew under its name in OUT. A net is built from its description and
 * given the recorded values; anything else is taken as a value. The writer never sees the bytes of the archive or the pickle.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadStateDict } from '../src/torch/nn/load-state-dict';
import { Module } from '../src/torch/nn/module';
import { Program } from '../src/torch/program/program';
import { asObject, classSpecs, rootSpec } from '../src/torch/program/spec-json';
import { build, UserModule } from '../src/torch/program/user-module';
import { PyDict, type PyValue } from '../src/torch/python/values';
import { Generator } from '../src/torch/random/generator';
import { load } from '../src/torch/serialization/load';
import { save } from '../src/torch/serialization/save';
import { type JsonObject, readCorpus, readFile } from './conformance/corpus-case';

const [input, output] = process.argv.slice(2).filter((argument) => argument !== '--');
if (!input || !output) {
  console.error('usage: npm run write-pth -- IN OUT');
  process.exit(2);
}

let written = 0;
let failed = 0;
for (const [name, about] of Object.entries(readCorpus(input).files)) {
  const description = asObject(about);
  if (!description.rewrite) continue;
  try {
    const bytes = save(rebuilt(description, readFile(input, name), name), name);
    const target = join(output, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    written++;
  } catch (error) {
    failed++;
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
console.log(`${written} written, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** The object to save: a fresh net with the recorded values, or the value itself where no net is described. */
function rebuilt(about: JsonObject, recorded: Uint8Array, name: string): PyValue {
  const rewrite = asObject(about.rewrite);
  const described = { ...about, ...rewrite };
  const spec = described.spec;
  const scope = classSpecs([
    ...(Array.isArray(described.extra) ? described.extra : []),
    ...(spec ? [spec] : []),
  ]);
  const module = typeof described.module === 'string' ? described.module : '__main__';
  const program = programWith(module, scope);
  const value = load(recorded, { weightsOnly: false, program, fileName: name });
  const generator = new Generator(0);
  const className = spec ? String(asObject(spec).class) : '';
  const ofClass = scope.get(className);
  const net = ofClass
    ? UserModule.create(ofClass, generator, module)
    : described.root
      ? build(rootSpec(described.root, scope), generator)
      : null;
  if (net && value instanceof Module) {
    takeState(net, value);
    return net;
  }
  if (net && value instanceof PyDict && value.attributes?.has('_metadata')) {
    loadStateDict(net, value);
    return net.stateDict();
  }
  return value;
}

function programWith(module: string, scope: ReturnType<typeof classSpecs>): Program {
  const classes = [...scope.values()];
  if (module === '__main__' || module === '__mp_main__') return new Program({ main: classes });
  return new Program({ files: new Map([[`${module.replaceAll('.', '/')}.py`, classes]]) });
}

/** Values, modes, frozen parameters, and what the class sets beyond its description. */
function takeState(net: Module, recorded: Module): void {
  loadStateDict(net, recorded.stateDict());
  const fresh = new Map(net.namedModules());
  for (const [path, module] of recorded.namedModules()) {
    const own = fresh.get(path);
    if (!own) continue;
    own.training = module.training;
    for (const [name, value] of module.attributes)
      if (!own.attributes.has(name)) own.attributes.set(name, value);
    for (const [name, parameter] of module.parameters) {
      const target = own.parameters.get(name);
      if (parameter && target) target.requiresGrad = parameter.requiresGrad;
    }
  }
}
