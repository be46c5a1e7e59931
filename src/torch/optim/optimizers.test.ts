/** Options and state layout of the optimizers, as PyTorch recorded them. */
import { describe, expect, it } from 'vitest';
import { PythonError } from '../errors';
import { PyDict, PyFloat, PyTuple, type PyValue } from '../python/values';
import { Parameter, Tensor } from '../tensor';
import { optimizerClasses } from './registry';
import { SGD } from './sgd';
import rows from './testdata/optimizers.json';

const parameter = (): Parameter => new Parameter(Tensor.float32([0, 0], [2]));

function plain(value: PyValue): unknown {
  if (value instanceof PyFloat) return value.value;
  if (value instanceof PyDict)
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  if (value instanceof PyTuple) return value.items.map(plain);
  return Array.isArray(value) ? value.map(plain) : value;
}

function pyValue(value: unknown): PyValue {
  if (typeof value === 'number' && !Number.isInteger(value)) return new PyFloat(value);
  if (Array.isArray(value)) return value.map(pyValue);
  if (value !== null && typeof value === 'object' && 'tuple' in value)
    return new PyTuple((value.tuple as unknown[]).map(pyValue));
  return value as PyValue;
}

function optionsOf(options: Readonly<Record<string, unknown>>): Map<string, PyValue> {
  return new Map(Object.entries(options).map(([name, value]) => [name, pyValue(value)]));
}

describe('an optimizer', () => {
  it.each(rows.map((row) => [`${row.type} ${JSON.stringify(row.options)}`, row] as const))(
    '%s',
    (_title, { type, options, error, state_dict }) => {
      const make = () => new (optimizerClasses.get(type)!)([parameter()], optionsOf(options));
      if (error) expect(make).toThrow(expect.objectContaining(error));
      else {
        const made = plain(make().stateDict()) as { param_groups: object[] };
        expect(made).toEqual(state_dict);
        expect(Object.keys(made.param_groups[0])).toEqual(Object.keys(state_dict!.param_groups[0]));
      }
    },
  );

  it('refuses no parameters, and one parameter in two groups', () => {
    const twice = parameter();
    expect(() => new SGD([])).toThrow(new PythonError('ValueError', 'optimizer got an empty parameter list'));
    expect(() => new SGD([{ params: [twice] }, { params: [twice] }])).toThrow(
      new PythonError('ValueError', 'some parameters appear in more than one parameter group'),
    );
  });

  it('numbers parameters over groups and keeps options of a group', () => {
    const [first, second] = [parameter(), parameter()];
    const sgd = new SGD([
      { params: [first] },
      { params: [second], options: new Map([['lr', new PyFloat(0.5)]]) },
    ]);
    sgd.stateTensor(second, 'momentum_buffer');
    const made = plain(sgd.stateDict()) as {
      state: object;
      param_groups: { lr: number; params: number[] }[];
    };
    expect(Object.keys(made.state)).toEqual(['1']);
    expect(made.param_groups.map(({ lr, params }) => [lr, params])).toEqual([
      [0.001, [0]],
      [0.5, [1]],
    ]);
  });
});
