/** What the script that made the cases did in PyTorch, done here: initialise, flip modes, train, loop. */
import { type Backend, type NdArray, type Observation, runForward, Trainer } from '../../src/engine';
import { readFloat32, writeFloat32 } from '../../src/engine/tensors';
import { epoch } from '../../src/torch/data/dataloader';
import { AnyDropout } from '../../src/torch/nn/dropout';
import type { Loss } from '../../src/torch/nn/loss';
import type { Module } from '../../src/torch/nn/module';
import { randint } from '../../src/torch/random/distributions';
import { Generator } from '../../src/torch/random/generator';
import { numelOf, Tensor } from '../../src/torch/tensor';
import { buildLoss, buildNet, buildOptimizer } from './golden-build';
import type { GoldenCase } from './golden-case';
import { Checker, sha256 } from './golden-check';

const STEPS = 50;

interface Run {
  readonly golden: GoldenCase;
  readonly backend: Backend;
  readonly check: Checker;
  readonly generator: Generator;
  readonly net: Module;
  readonly loss: Loss;
}

/** Runs a case. Throws where something it needs is not built. */
export async function runCase(golden: GoldenCase, backend: Backend): Promise<Checker> {
  const check = new Checker(golden);
  const generator = new Generator(golden.seed);
  const net = buildNet(golden.net, generator);
  const run: Run = { golden, backend, check, generator, net, loss: buildLoss(golden.loss, generator) };
  checkInit(run);
  if (golden.options.loop) await loop(run);
  else {
    checkDraw(run, 'init');
    const restore = snapshot(net);
    await flipModes(run);
    restore();
    await train(run);
  }
  check.finish();
  return check;
}

function checkInit({ golden, check, net }: Run): void {
  const floats: Float32Array[] = [];
  for (const [key, tensor] of stateOf(net)) {
    checkState(check, `init.${key}`, tensor, true);
    if (tensor.dtype === 'float32') floats.push(readFloat32(tensor));
  }
  check.same('init_sha256', sha256(...floats), golden.init_sha256);
}

/** Train mode and evaluation without training: masks, batch statistics, running statistics. */
async function flipModes(run: Run): Promise<void> {
  const { golden, backend, check, generator, net } = run;
  const forward = (input: 'x' | 'x2'): Promise<Observation> =>
    runForward(backend, net, inputOf(golden, input), generator);
  net.eval();
  check.close('A.eval0.out', (await forward('x')).output.values);
  generator.manualSeed(golden.seed + 1n);
  net.train();
  for (let pass = 1; pass <= 10; pass++) {
    const seen = await forward(pass % 2 === 1 ? 'x' : 'x2');
    if (pass <= 2) {
      check.close(`A.train${pass}.out`, seen.output.values);
      checkMasks(run, `A.train${pass}`, seen);
      for (const [path, { mean, variance }] of seen.batchStatistics) {
        check.close(`A.train${pass}.bn_mean.${path}`, mean);
        check.close(`A.train${pass}.bn_var_biased.${path}`, variance);
      }
    }
    if ([1, 2, 10].includes(pass)) checkBuffers(check, `A.after${pass}`, net);
  }
  net.eval();
  check.close('A.eval10.out', (await forward('x')).output.values);
  net.train();
  check.close('A.train11.out', (await forward('x')).output.values);
  checkDraw(run, 'A');
}

/** Fifty full-batch steps. */
async function train(run: Run): Promise<void> {
  const { golden, backend, check, generator, net, loss } = run;
  const {
    freeze = [],
    eval_modules: evaluated = [],
    zero_grad: zeroGrad = true,
    accumulate = 1,
  } = golden.options;
  net.train();
  for (const [key, parameter] of net.namedParameters())
    if (freeze.includes(key)) parameter.requiresGrad = false;
  for (const [path, module] of net.namedModules()) if (evaluated.includes(path)) module.eval();
  generator.manualSeed(golden.seed + 2n);
  const optimizer = buildOptimizer(golden.opt, net);
  const trainer = new Trainer(backend, net, loss, optimizer, generator, { zeroGrad, accumulate });
  const batch = { input: inputOf(golden, 'x'), target: targetOf(golden) };
  const batches = (steps: number) => new Array<typeof batch>(steps * accumulate).fill(batch);
  const first = await trainer.steps(batches(1), { observe: true });
  check.close('B.step1.out', first.observations[0].output.values);
  checkMasks(run, 'B.step1', first.observations[0]);
  for (const [key, gradient] of first.observations[accumulate - 1].gradients)
    check.close(`B.grad1.${key}`, gradient);

  const losses = [...first.losses];
  checkTrained(run, 1);
  losses.push(...(await trainer.steps(batches(4))).losses);
  checkTrained(run, 5);
  losses.push(...(await trainer.steps(batches(STEPS - 5))).losses);
  checkTrained(run, STEPS);
  check.close(
    'B.loss',
    Float32Array.from(losses).filter((_, i) => i % accumulate === accumulate - 1),
  );
  for (const [i, parameter] of optimizer.parameters.entries()) {
    for (const [name, tensor] of optimizer.state.get(parameter) ?? []) {
      check.close(`B.optstate50.${i}.${name}`, readFloat32(tensor));
    }
  }
  net.eval();
  const after = await runForward(backend, net, batch.input, generator, {
    loss: { criterion: loss, target: batch.target },
  });
  check.close('B.eval50.out', after.output.values);
  check.close('B.eval50.loss', Float32Array.of(after.loss ?? Number.NaN));
  checkDraw(run, 'B');
}

/** A whole script: loader, masks and initialisation share one stream. */
async function loop(run: Run): Promise<void> {
  const { golden, backend, check, generator, net, loss } = run;
  const { N, batch, epochs, shuffle = true, drop_last: dropLast = false } = golden.options.loop!;
  const x = inputOf(golden, 'x');
  const target = targetOf(golden);
  const optimizer = buildOptimizer(golden.opt, net);
  const trainer = new Trainer(backend, net, loss, optimizer, generator);
  const order: number[] = [];
  const losses: number[] = [];
  const evalLosses: number[] = [];
  const accuracies: number[] = [];
  let output = new Float32Array();
  for (let i = 0; i < epochs; i++) {
    net.train();
    const visits = epoch(generator, N, { batchSize: batch, shuffle, dropLast });
    order.push(...visits.flat());
    const batches = visits.map((rows) => ({ input: rowsOf(x, rows), target: targetRows(target, rows) }));
    losses.push(...(await trainer.steps(batches)).losses);
    net.eval();
    const seen = await runForward(backend, net, x, generator, { loss: { criterion: loss, target } });
    output = Float32Array.from(seen.output.values);
    evalLosses.push(seen.loss ?? Number.NaN);
    if (target.dtype === 'int64') accuracies.push(accuracy(seen.output, target));
  }
  check.exact('C.order', Int32Array.from(order));
  check.close('C.loss', Float32Array.from(losses));
  check.close('C.eval_loss', Float32Array.from(evalLosses));
  if (accuracies.length > 0) check.close('C.eval_acc', Float32Array.from(accuracies));
  check.close('C.eval_out', output);
  for (const [key, tensor] of stateOf(net)) checkState(check, `C.final.${key}`, tensor, false);
  checkDraw(run, 'C');
}

/** A draw of its own after each phase proves how many were made in it. */
function checkDraw(
  { golden, check, generator }: Pick<Run, 'golden' | 'check' | 'generator'>,
  phase: 'init' | 'A' | 'B' | 'C',
) {
  check.same(`rng_after_${phase}`, randint(generator, 1, 0, 2 ** 24)[0], golden[`rng_after_${phase}`]);
}

/** Masks that were drawn, and those that p = 0 and p = 1 fix without a draw. */
function checkMasks({ golden, check, net }: Run, prefix: string, { masks, activations }: Observation): void {
  for (const [path, module] of net.namedModules()) {
    if (!(module instanceof AnyDropout) || !module.training) continue;
    const key = `${prefix}.mask.${path}`;
    const drawn = masks.get(path)?.kept;
    const elements = numelOf(module.maskShape(activations.get(path)!.shape));
    const fixed = new Uint8Array(elements).fill(module.p === 1 ? 0 : 1);
    if (drawn || key in golden.tensors) check.exact(key, drawn ?? fixed);
  }
}

function checkTrained({ check, net }: Run, step: number): void {
  for (const [key, parameter] of net.namedParameters())
    check.close(`B.param${step}.${key}`, readFloat32(parameter));
  checkBuffers(check, `B.bn${step}`, net);
}

function checkBuffers(check: Checker, prefix: string, net: Module): void {
  for (const [key, buffer] of net.namedBuffers()) checkState(check, `${prefix}.${key}`, buffer, false);
}

function checkState(check: Checker, key: string, tensor: Tensor, exact: boolean): void {
  if (tensor.dtype === 'int64') check.exact(key, Int32Array.from(tensor.int64Data(), Number));
  else if (exact) check.exact(key, readFloat32(tensor));
  else check.close(key, readFloat32(tensor));
}

function stateOf(net: Module): [string, Tensor][] {
  return [...net.stateDict()].map(([key, tensor]) => [String(key), tensor as Tensor]);
}

/** Remembers every parameter and buffer; the result puts them back. */
function snapshot(net: Module): () => void {
  const saved = stateOf(net).map(([, tensor]) => [tensor, tensor.contiguousBytes().slice()] as const);
  return () => {
    for (const [tensor, bytes] of saved) {
      if (tensor.dtype === 'int64') tensor.int64Data().set(new BigInt64Array(bytes.buffer));
      else writeFloat32(tensor, new Float32Array(bytes.buffer));
    }
  };
}

function inputOf(golden: GoldenCase, key: 'x' | 'x2'): NdArray {
  return { shape: golden.tensors[key].shape, values: golden.stored(key) as Float32Array };
}

function targetOf(golden: GoldenCase): Tensor {
  const { shape, dtype } = golden.tensors.y;
  const values = Array.from(golden.stored('y'));
  return dtype === 'int32' ? Tensor.int64(values, shape) : Tensor.float32(values, shape);
}

function rowsOf({ shape, values }: NdArray, rows: readonly number[]): NdArray {
  const width = numelOf(shape.slice(1));
  const picked = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries())
    picked.set(values.subarray(row * width, (row + 1) * width), i * width);
  return { shape: [rows.length, ...shape.slice(1)], values: picked };
}

function targetRows(target: Tensor, rows: readonly number[]): Tensor {
  if (target.dtype === 'int64') {
    const labels = target.int64Data();
    return Tensor.int64(
      rows.map((row) => Number(labels[row])),
      [rows.length],
    );
  }
  const { shape, values } = rowsOf({ shape: target.shape, values: target.float32Data() }, rows);
  return Tensor.float32(values, shape);
}

function accuracy({ shape, values }: NdArray, target: Tensor): number {
  const classes = shape[1];
  const labels = target.int64Data();
  let right = 0;
  for (const [row, label] of labels.entries()) {
    const scores = values.subarray(row * classes, (row + 1) * classes);
    if (scores.indexOf(Math.max(...scores)) === Number(label)) right++;
  }
  return right / labels.length;
}
