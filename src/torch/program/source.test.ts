import { expect, test } from 'vitest';
import { parseLiterals } from './literal-json';
import { classSource } from './source';
import { classSpec } from './spec-json';

test('a class reads as a person would write it', () => {
  const spec = classSpec(
    parseLiterals(
      '{"class": "Net", "layers": [["fc1", "Linear", [2, 4], {"bias": false}], ["drop", "Dropout", [], {"p": 1.0}],' +
        ' ["tail", "Sequential", [["Linear", [4, 2], {}], ["ReLU", [], {}]], {}]],' +
        ' "forward": ["fc1", "F.relu", "drop", "tail"], "attrs": {"classes": ["cat", "dog"]}}',
    ),
  );
  expect(classSource(spec)).toBe(`class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 4, bias=False)
        self.drop = nn.Dropout(p=1.0)
        self.tail = nn.Sequential(
            nn.Linear(4, 2),
            nn.ReLU(),
        )
        self.classes = ('cat', 'dog')

    def forward(self, x):
        x = self.fc1(x)
        x = F.relu(x)
        x = self.drop(x)
        x = self.tail(x)
        return x`);
});
