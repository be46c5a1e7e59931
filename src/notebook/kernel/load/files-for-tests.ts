/** The files of scripts/fixtures/make_loads.py, written here. */
import { DataParallel } from '../../../torch/nn/data-parallel';
import { OptimizedModule } from '../../../torch/nn/optimized-module';
import { UserModule } from '../../../torch/program/user-module';
import { PyDict, PyFloat } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { globalsInFile } from '../../../torch/serialization/globals-in-file';
import { save } from '../../../torch/serialization/save';
import { saveLegacy } from '../../../torch/serialization/save-legacy';
import { classOfNetwork } from '../../class-of-network';
import { firstNotebook } from '../../document';
import type { FileOnShelf } from './shelf-reader';
import { onDevice } from './tensors';

export function files(): Map<string, FileOnShelf> {
  const { network, seed } = firstNotebook;
  const fresh = (): UserModule => UserModule.create(classOfNetwork(network), new Generator(seed));
  const model = fresh();
  const checkpoint = new PyDict([
    ['epoch', 3],
    ['model_state_dict', model.stateDict()],
    ['optimizer_state_dict', new PyDict([['state', new PyDict()]])],
    ['loss', new PyFloat(0.25)],
  ]);
  const onGpu = onDevice(fresh(), 'cuda:0');
  const objects = {
    'tudui_parameter.pth': model.stateDict(),
    'tudui_whole_model.pth': model.livingIn('train'),
    'from_main.pth': model.livingIn('__main__'),
    'cuda_whole.pth': onGpu.livingIn('train'),
    'tudui_checkpoint.pth': checkpoint,
    'tudui_dp.pth': DataParallel.of(model).stateDict(),
    'tudui_compiled.pth': OptimizedModule.of(model).stateDict(),
    'tudui_cuda.pth': onGpu.stateDict(),
  };
  const written = Object.entries(objects).map(([name, object]) => [name, save(object, name)] as const);
  return new Map(
    [...written, ['tudui_legacy.pth', saveLegacy(model.stateDict())] as const].map(([name, bytes]) => [
      name,
      { bytes, globals: globalsInFile(bytes) },
    ]),
  );
}
