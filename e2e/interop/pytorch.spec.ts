/** The way to real PyTorch, which the tests in this folder take. */
import { expect, test } from '../support/test';

test('answers with the version the page is checked against', ({ pytorch }) => {
  const answer = pytorch.json(
    'import json; print(json.dumps([torch.__version__.split("+")[0], torch.tensor([int(sys.argv[1])]).sum().item()]))',
    '41',
  );
  expect(answer).toEqual(['2.13.0', 41]);
});

test("passes on Python's own errors", ({ pytorch }) => {
  expect(() => pytorch.run('torch.zeros(2) @ torch.zeros(3)')).toThrow(
    /RuntimeError: inconsistent tensor size/,
  );
});
