/** What the save lab writes, in parts that follow each other. */

import { toOnnx } from '../../engine/export-onnx';
import { PythonError } from '../../torch/errors';
import { cloneModule } from '../../torch/nn/clone';
import { DataParallel } from '../../torch/nn/data-parallel';
import { OptimizedModule } from '../../torch/nn/optimized-module';
import { PyDict, PyFloat } from '../../torch/python/values';
import { saveParts } from '../../torch/serialization/save';
import { saveLegacy } from '../../torch/serialization/save-legacy';
import { epochsDone } from '../code';
import type { Statement } from '../statements';
import { onDevice } from './load/tensors';
import type { Defined, Session } from './session';

/** Raises what torch.save or the name of the file raises. */
export async function savedParts(
  session: Session,
  { model }: Defined,
  { what, file, home }: Extract<Statement, { type: 'save' }>,
): Promise<readonly Uint8Array[]> {
  switch (what) {
    case 'state_dict':
      return saveParts(model.stateDict(), file);
    case 'model':
      return saveParts(model.livingIn(home), file);
    case 'checkpoint':
      return saveParts(checkpointOf(session, model.stateDict()), file);
    case 'legacy':
      return [saveLegacy(model.stateDict())];
    case 'parallel':
      return saveParts(DataParallel.of(model).stateDict(), file);
    case 'compiled':
      return saveParts(OptimizedModule.of(model).stateDict(), file);
    case 'cuda':
      return saveParts(onDevice(cloneModule(model), 'cuda:0').stateDict(), file);
    case 'onnx':
      return [await toOnnx(model, [session.batchSize, session.data.features])];
  }
}

/** The tutorial's four entries. Raises NameError before the first step: there is no optimizer yet. */
function checkpointOf({ training, data }: Session, stateDict: PyDict): PyDict {
  const { optimizer, loss } = training;
  const last = loss.at(-1);
  if (!optimizer || !last) throw new PythonError('NameError', "name 'optimizer' is not defined");
  return new PyDict([
    ['epoch', epochsDone(last.step, data.n)],
    ['model_state_dict', stateDict],
    ['optimizer_state_dict', optimizer.stateDict()],
    ['loss', new PyFloat(last.loss)],
  ]);
}
