/** Runs a transfer on a model of its own: the learner's `tudui`, its mode and its random numbers are not touched. */
import { type Backend, cloneModule, runForward, Trainer } from '../../../engine';
import { epoch } from '../../../torch/data/dataloader';
import { type Dataset, rowsOf } from '../../../torch/data/dataset';
import { loadStateDict } from '../../../torch/nn/load-state-dict';
import type { Module } from '../../../torch/nn/module';
import { SGD } from '../../../torch/optim/sgd';
import { UserModule } from '../../../torch/program/user-module';
import { PyDict, PyFloat, type PyValue } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { load, noSuchFile } from '../../../torch/serialization/load';
import { PartsInMemory } from '../../../torch/serialization/parts-in-memory';
import { whole } from '../../../torch/serialization/prefetch';
import { Refusal } from '../../../torch/serialization/refusal';
import { Tensor } from '../../../torch/tensor';
import { MOMENTUM, TRAIN_BATCH } from '../../training-constants';
import {
  headOf,
  newNet,
  newTask,
  TRANSFER_LR,
  TRANSFER_STEPS,
  type TransferProgram,
} from '../../transfer-program';
import type { TransferView } from '../../views/transfer';
import { errorView } from '../define';
import { referenceBackend } from '../engines';
import { accuracy, batchOf, criterion } from '../fit';
import { attributeOf } from '../load/python-values';
import { type FileOnShelf, readFile } from '../load/shelf-reader';
import type { Session } from '../session';
import type { Shelf } from '../shelf';
import { changes, largestChange, rowsOfKeys, sizes, snapshot, totalsOf } from './rows';

/** Rows whose features are compared. */
const LOOKED_AT = 8;

export async function runTransfer(
  { defined, data, seed }: Session,
  shelf: Shelf,
  backend: Backend,
  program: TransferProgram,
  run: number,
): Promise<TransferView | null> {
  const spec = defined && newNet(defined.network);
  if (!spec) return null;
  const generator = new Generator(seed);
  const model = UserModule.create(spec, generator);
  const task = { ...data, y: newTask(data.x, data.y) };
  const view = (
    more: Partial<TransferView>,
    file: PyValue | undefined,
    moved: ReadonlyMap<string, number> = new Map(),
  ): TransferView => {
    const rows = rowsOfKeys(model, file, moved);
    const nothing = { error: null, printed: null, steps: null };
    return { run, program, rows, totals: totalsOf(rows), ...sizes(model), ...nothing, ...more };
  };
  let file: PyValue | undefined;
  let printed: string | null = null;
  try {
    file = await read(shelf, program.file);
    const part = program.pick === 'matching' ? matching(model, file) : file;
    printed = loadStateDict(model, part, { strict: false }).repr;
    if (program.freeze && part instanceof PyDict) {
      for (const [name, parameter] of model.namedParameters()) parameter.requiresGrad = !part.has(name);
    }
    const options = new Map([
      ['lr', new PyFloat(TRANSFER_LR)],
      ['momentum', new PyFloat(MOMENTUM)],
    ]);
    const trained = [...model.namedParameters()].flatMap(([, one]) => (one.requiresGrad ? [one] : []));
    const optimizer = new SGD(trained, options);
    const head = headOf(spec)?.attribute ?? '';
    if (program.body === 'eval') {
      for (const [name, layer] of model.modules) layer?.train(name === head);
    }
    const before = snapshot(model);
    const [right, features] = [await rightOn(task, model), await featuresOf(task, model, head)];
    const trainer = new Trainer(backend, model, criterion, optimizer, generator);
    const losses = await train(trainer, task, generator);
    const after = await featuresOf(task, model, head);
    const steps = {
      count: losses.length,
      firstLoss: losses[0],
      lastLoss: losses[losses.length - 1],
      before: right,
      after: await rightOn(task, model),
      features: features && after && largestChange(features, after),
    };
    return view({ printed, steps }, file, changes(model, before));
  } catch (error) {
    if (error instanceof Refusal) return view({ error: { type: 'Refusal', message: error.message } }, file);
    return view({ error: errorView(error), printed }, file);
  }
}

/** `torch.load(file)` on a machine without a GPU. */
async function read(shelf: Shelf, name: string): Promise<PyValue> {
  const loaded = loadedFrom(await readFile(shelf, name), name);
  return loaded ?? loadedFrom(await readFile(shelf, name, whole), name) ?? null;
}

/** `null` where more of the file is wanted than was read. Raises what `open()` and torch.load raise, and the Refusal. */
function loadedFrom({ bytes }: FileOnShelf, name: string): PyValue | null {
  if (!bytes) throw noSuchFile(name);
  if (bytes instanceof Refusal) throw bytes;
  const loaded = load(bytes, { fileName: name });
  return bytes instanceof PartsInMemory && bytes.missed ? null : loaded;
}

/** `{k: v for k, v in state_dict.items() if k in own and v.shape == own[k].shape}` */
function matching(model: Module, file: PyValue): PyDict {
  if (!(file instanceof PyDict)) throw attributeOf(file, 'items');
  const own = model.stateDict();
  return new PyDict(
    [...file].filter(([key, value]) => {
      const wanted = own.get(key);
      if (wanted === undefined) return false;
      if (!(value instanceof Tensor)) throw attributeOf(value, 'shape');
      return wanted instanceof Tensor && String(value.shape) === String(wanted.shape);
    }),
  );
}

/** Each epoch's order is drawn when the one before it is done: the masks in between come from the same stream. */
async function train(trainer: Trainer, task: Dataset, generator: Generator): Promise<number[]> {
  const losses: number[] = [];
  while (losses.length < TRANSFER_STEPS) {
    const order = epoch(generator, task.n, { batchSize: TRAIN_BATCH, shuffle: true });
    const batches = order.slice(0, TRANSFER_STEPS - losses.length).map((rows) => batchOf(task, rows));
    losses.push(...(await trainer.steps(batches)).losses);
  }
  return losses;
}

function rightOn(task: Dataset, model: Module): Promise<number> {
  return accuracy({ data: task }, model, 'eval', new Generator(0));
}

/** What the head is given for the first rows, by a copy in evaluation; `null` where it stands alone. */
async function featuresOf(task: Dataset, model: UserModule, head: string): Promise<Float32Array | null> {
  const names = [...model.modules.keys()];
  const before = names[names.indexOf(head) - 1];
  if (before === undefined) return null;
  const rows = Array.from({ length: LOOKED_AT }, (_, i) => i);
  const input = { shape: [LOOKED_AT, task.features], values: rowsOf(task, rows) };
  const seen = await runForward(referenceBackend, cloneModule(model).eval(), input, new Generator(0));
  return seen.activations.get(before)?.values ?? null;
}
