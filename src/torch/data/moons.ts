/**
 * Two half circles that a line cannot part: 256 points, 2 features, 2 classes.
 * The points are the ones PyTorch 2.13 gives for `moonsCode` (scripts/fixtures/make_data.py), stored because sine and
 * cosine may differ in the last bit between machines.
 */
import { datasetOf } from './dataset';
import moons from './moons.json';

export const twoMoons = datasetOf(Float32Array.from(moons.x.flat()), moons.y, [2]);

/** The code that prints these points. */
export const moonsCode = moons.code;
