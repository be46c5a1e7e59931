/** The PyTorch code a statement stands for: what the log shows and an export writes. */
import type { LoadProgram } from './load-program';
import type { Statement } from './statements';

/** Rows the loader gives per training step. */
export const TRAIN_BATCH = 32;
export const MOMENTUM = 0.9;

export function codeOf(statement: Statement): string {
  switch (statement.type) {
    case 'define':
      return `torch.manual_seed(${statement.seed})\ntudui = ${statement.network.className}()`;
    case 'mode':
      return `tudui.${statement.mode}()`;
    case 'forward':
      return `with torch.no_grad():\n    out = tudui(x[:${statement.batchSize}])`;
    case 'feed':
      return `with torch.no_grad():\n    tudui(x[next_rows(${statement.batchSize})])`;
    case 'fit':
      return fitCode(statement.steps, statement.lr);
    case 'save':
      return saveCode(statement.what, statement.file);
    case 'upload':
      return `# ${statement.file}`;
    case 'discard':
      return `os.remove("${statement.file}")`;
    case 'load':
      return loadCode(statement.program).join('\n');
    case 'engine':
      return `# ${statement.level}`;
  }
}

export function fitCode(steps: number, lr: number): string {
  return [
    `optimizer = torch.optim.SGD(tudui.parameters(), lr=${lr}, momentum=${MOMENTUM})`,
    `for xb, yb in batches(${steps}):  # DataLoader(moons, batch_size=${TRAIN_BATCH}, shuffle=True)`,
    '    optimizer.zero_grad()',
    '    loss = F.cross_entropy(tudui(xb), yb)',
    '    loss.backward()',
    '    optimizer.step()',
  ].join('\n');
}

export function saveCode(what: 'state_dict' | 'model', file: string): string {
  return what === 'state_dict' ? `torch.save(tudui.state_dict(), "${file}")` : `torch.save(tudui, "${file}")`;
}

/** The friend's script after its imports, a line an element. */
export function loadCode(program: LoadProgram): string[] {
  const options = [
    ...(program.mapLocation === 'cpu' ? ["map_location=torch.device('cpu')"] : []),
    ...(program.weightsOnly === 'False' ? ['weights_only=False'] : []),
  ];
  const load = `torch.load("${program.file}"${options.map((o) => `, ${o}`).join('')})`;
  if (program.how === 'model') return [`model = ${load}`, 'model.eval()'];
  return [
    'model = Net()',
    `state_dict = ${load}`,
    `model.load_state_dict(state_dict${program.strict ? '' : ', strict=False'})`,
    'model.eval()',
  ];
}
