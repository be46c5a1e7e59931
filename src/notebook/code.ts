/** The PyTorch code a statement stands for: what the log shows. The log, its prelude first, is a program that runs. */
import { moonsCode } from '../torch/data/moons';
import { classSource } from '../torch/program/source';
import { strRepr } from '../torch/python/repr';
import { classOfNetwork } from './class-of-network';
import { loadScript, quoted } from './load-script';
import type { NetworkSpec } from './network';
import type { Saved, Statement, Written } from './statements';
import { MOMENTUM, TRAIN_BATCH } from './training-constants';
import { transferScript } from './transfer-script';

/** What every entry of the log takes for granted. */
export const preludeCode = `import copy
import os
import pickle
import shutil

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


${moonsCode}
loader = DataLoader(TensorDataset(x, y), batch_size=${TRAIN_BATCH}, shuffle=True)


def endless(loader):
    while True:
        yield from loader`;

/** How a training loop stands to the ones before it: the optimizer, and its momentum, outlive a loop. */
export type OptimizerUse = 'new' | 'same' | 'other-lr';

/** What the code of a statement needs to know of the session it runs in. */
export interface CodeContext {
  /** Rows of the next `feed`: from, and how many there are in all. */
  readonly feedFrom: number;
  readonly rows: number;
  readonly optimizer: OptimizerUse;
  /** Training steps taken. */
  readonly steps: number;
  /** The last valid network, and its seed. */
  readonly network: NetworkSpec;
  readonly seed: number;
}

export function codeOf(statement: Statement, context: CodeContext): string {
  switch (statement.type) {
    case 'define': {
      const { network, seed } = statement;
      return `${classSource(classOfNetwork(network))}\n\n\ntorch.manual_seed(${seed})\ntudui = ${network.className}()`;
    }
    case 'mode':
      return `tudui.${statement.mode}()`;
    case 'forward':
      return `with torch.no_grad():\n    out = tudui(x[:${statement.batchSize}])`;
    case 'feed':
      return `with torch.no_grad():\n    tudui(${rowsCode(context.feedFrom, statement.batchSize, context.rows)})`;
    case 'fit':
      return fitCode(statement.steps, statement.lr, context.optimizer);
    case 'save':
      return savedCode(statement, epochsDone(context.steps, context.rows));
    case 'restore':
      return '# files of an earlier visit lie beside this program';
    case 'upload':
      return `# ${strRepr(statement.file)} was put beside this program`;
    case 'discard':
      return `os.remove(${quoted(statement.file)})`;
    case 'copy':
      return copyCode(statement);
    case 'write':
      return writtenCode(statement.what, statement.file);
    case 'load':
      return [
        '# load.py, on another machine',
        ...loadScript(statement.program)
          .statements.filter(({ stage }) => !stage.startsWith('import'))
          .map(({ code }) => `# ${code}`),
      ].join('\n');
    case 'transfer':
      return transferScript(statement.program, context.network, context.seed);
    case 'engine':
      return `# computed by ${statement.level === 'reference' ? 'TypeScript' : statement.level}`;
  }
}

export function copyCode({ file, as, bytes }: Extract<Statement, { type: 'copy' }>): string {
  if (bytes === undefined) return `shutil.copy(${quoted(file)}, ${quoted(as)})`;
  return [
    `with open(${quoted(file)}, 'rb') as whole, open(${quoted(as)}, 'wb') as part:`,
    `    part.write(whole.read()[:${bytes}])`,
  ].join('\n');
}

/** The texts and the object that a file which is no checkpoint holds. */
export const writtenTexts: Readonly<Record<Exclude<Written, 'pickle'>, string>> = {
  empty: '',
  page: '<!DOCTYPE html>\n<title>404 Not Found</title>\n',
  pointer: 'version https://git-lfs.github.com/spec/v1\n',
};

export function writtenCode(what: Written, file: string): string {
  const written =
    what === 'pickle' ? 'pickle.dumps({}, protocol=2)' : `${strRepr(writtenTexts[what])}.encode()`;
  return `with open(${quoted(file)}, 'wb') as file:\n    file.write(${written})`;
}

function rowsCode(from: number, count: number, rows: number): string {
  const end = from + count;
  return end <= rows ? `x[${from}:${end}]` : `torch.cat([x[${from}:], x[:${end - rows}]])`;
}

export function fitCode(steps: number, lr: number, optimizer: OptimizerUse): string {
  const before = {
    new: [
      `optimizer = torch.optim.SGD(tudui.parameters(), lr=${lr}, momentum=${MOMENTUM})`,
      'stream = endless(loader)',
    ],
    same: [],
    'other-lr': ['for group in optimizer.param_groups:', `    group['lr'] = ${lr}`],
  }[optimizer];
  return [
    ...before,
    `for _, (xb, yb) in zip(range(${steps}), stream):`,
    '    optimizer.zero_grad()',
    '    loss = F.cross_entropy(tudui(xb), yb)',
    '    loss.backward()',
    '    optimizer.step()',
  ].join('\n');
}

/** Passes over all rows that so many steps have completed. */
export function epochsDone(steps: number, rows: number): number {
  return Math.floor(steps / Math.ceil(rows / TRAIN_BATCH));
}

/** The log runs on any machine; this one line needs a GPU. */
function savedCode({ what, file }: Extract<Statement, { type: 'save' }>, epoch: number): string {
  const code = saveCode(what, file, epoch);
  return what === 'cuda' ? `if torch.cuda.is_available():\n    ${code}` : code;
}

/** `epoch` is what a checkpoint says of it. */
export function saveCode(what: Saved, file: string, epoch = 0): string {
  const name = quoted(file);
  switch (what) {
    case 'state_dict':
      return `torch.save(tudui.state_dict(), ${name})`;
    case 'model':
      return `torch.save(tudui, ${name})`;
    case 'checkpoint':
      return [
        'torch.save({',
        `    'epoch': ${epoch},`,
        "    'model_state_dict': tudui.state_dict(),",
        "    'optimizer_state_dict': optimizer.state_dict(),",
        "    'loss': loss.item(),",
        `}, ${name})`,
      ].join('\n');
    case 'legacy':
      return [
        `torch.save(tudui.state_dict(), ${name},`,
        '           _use_new_zipfile_serialization=False)',
      ].join('\n');
    case 'parallel':
      return `torch.save(nn.DataParallel(tudui).state_dict(), ${name})`;
    case 'compiled':
      return `torch.save(torch.compile(tudui).state_dict(), ${name})`;
    case 'cuda':
      return `torch.save(copy.deepcopy(tudui).cuda().state_dict(), ${name})`;
    case 'onnx':
      return [
        `torch.onnx.export(copy.deepcopy(tudui).eval(), (x[:2],), ${name},`,
        '                  opset_version=21, input_names=["input"], output_names=["output"],',
        '                  dynamic_shapes=({0: torch.export.Dim("N")},))',
      ].join('\n');
  }
}
