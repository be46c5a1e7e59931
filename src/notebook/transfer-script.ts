/** The transfer as a program that runs after the log's prelude; the learner's model and random numbers stay as they are. */
import { classSource } from '../torch/program/source';
import { quoted } from './load-script';
import type { NetworkSpec } from './network';
import { MOMENTUM, TRAIN_BATCH } from './training-constants';
import {
  headOf,
  newNet,
  newTaskCode,
  TRANSFER_LR,
  TRANSFER_STEPS,
  type TransferProgram,
} from './transfer-program';

const matching = 'part = {k: v for k, v in state_dict.items() if k in own and v.shape == own[k].shape}';

export function transferScript(
  { file, pick, freeze, body }: TransferProgram,
  network: NetworkSpec,
  seed: number,
): string {
  const spec = newNet(network);
  if (!spec) return '';
  const head = headOf(spec)?.attribute;
  const lines = [
    `torch.manual_seed(${seed})`,
    `model = ${spec.className}()`,
    `state_dict = torch.load(${quoted(file)})`,
    ...(pick === 'matching' ? ['own = model.state_dict()', matching] : ['part = state_dict']),
    'print(model.load_state_dict(part, strict=False))',
    ...(freeze
      ? ['for name, parameter in model.named_parameters():', '    parameter.requires_grad_(name not in part)']
      : []),
    'trained = [parameter for parameter in model.parameters() if parameter.requires_grad]',
    `optimizer = torch.optim.SGD(trained, lr=${TRANSFER_LR}, momentum=${MOMENTUM})`,
    ...(body === 'eval'
      ? ['for name, layer in model.named_children():', `    layer.train(name == '${head}')`]
      : []),
    `batches = DataLoader(TensorDataset(x, task), batch_size=${TRAIN_BATCH}, shuffle=True)`,
    `for _, (xb, yb) in zip(range(${TRANSFER_STEPS}), endless(batches)):`,
    '    optimizer.zero_grad()',
    '    loss = F.cross_entropy(model(xb), yb)',
    '    loss.backward()',
    '    optimizer.step()',
  ];
  return [
    `${classSource(spec)}\n\n`,
    newTaskCode,
    'with torch.random.fork_rng():',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}
