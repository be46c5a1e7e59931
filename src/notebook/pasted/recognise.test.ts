import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import forwardErrors from '../../torch/testdata/errors/errors.json';
import { recognise } from '.';
import { plainText, squeezed } from './plain-text';
import { cases } from './testdata/pasted.json';

const errors = cases.filter(({ family }) => family !== null);
const others = cases.filter(({ family }) => family === null);
const forwards = forwardErrors as readonly { code: string; type?: string; message?: string }[];
/** The last error without its frames: what most people paste. */
const lastError = (text: string) =>
  text
    .split('\n')
    .reverse()
    .find((line) => /^\S*Error\b/.test(line)) ?? '';
const withoutFrames = (text: string) => text.slice(text.lastIndexOf(`\n${lastError(text)}`) + 1);

describe('a whole traceback is told:', () => {
  test.each(errors)('$family, $text', ({ family, text }) => {
    const found = recognise(text);
    expect(found?.family).toBe(family);
    const type = /^(?:\w+\.)*\w+/.exec(withoutFrames(text))?.[0];
    expect(found?.type).toBe(type);
    expect(squeezed(plainText(text))).toContain(squeezed(found?.excerpt.replace('…', '') ?? '?'));
  });
});

test('the error alone is told too, where its words are its own', () => {
  /** A name that any dict may lack; nothing at all. */
  const bare = errors.filter(({ text }) => !/\n(KeyError: '(net|param_groups)'|EOFError)$/.test(text));
  for (const { family, text } of bare)
    expect([text, recognise(withoutFrames(text))?.family]).toEqual([text, family]);
  expect(bare.length).toBeGreaterThan(40);
});

describe('what has nothing to do with loading is left alone:', () => {
  test.each(others)('$text', ({ text }) => expect(recognise(text)).toBeNull());

  test.each([
    '',
    'torch.load 和 load_state_dict 有什么区别?',
    'How do I get rid of missing keys? I called model.load_state_dict(state_dict, strict=False) and it worked.',
    "No module is missing; the attribute 'Net' is there, the file is not empty.",
    'weights_only=True is the default since 2.6, so loading may fail.',
    "ModuleNotFoundError: No module named 'torch'",
    "AttributeError: 'NoneType' object has no attribute 'eval'",
    "KeyError: 'model'",
    'EOFError: EOF when reading a line',
    'RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB',
    "ModuleNotFoundError: No module named 'cv2'",
    'ImportError: No module named yaml',
  ])('%s', (text) => expect(recognise(text)).toBeNull());

  test('every other error of PyTorch', () => {
    const messages = forwards.filter(
      ({ message }) => message !== undefined && !/load_state_dict/.test(message),
    );
    expect(messages.length).toBeGreaterThan(100);
    for (const { code, type, message } of messages) {
      if (/load_state_dict\(|torch\.load/.test(code)) continue;
      expect([code, recognise(`${type}: ${message}`)]).toEqual([code, null]);
    }
  });

  test('the words of an error in another order', () => {
    for (const { text } of errors) {
      const words = withoutFrames(text).split(/\s+/).reverse().join(' ');
      // Two words a message of its own are no order.
      if (/EOFError|KeyError/.test(words)) continue;
      expect([words, recognise(words)]).toEqual([words, null]);
    }
  });
});

describe('errors of older versions are told:', () => {
  const told = (text: string) => {
    const found = recognise(text);
    return found && { family: found.family, type: found.type, ...found.details };
  };

  test('sizes, as 0.4 and 0.3 wrote them', () => {
    const mismatch = [{ key: 'fc.weight', file: [1000, 512], model: [10, 512] }];
    expect(
      told(
        'RuntimeError: Error(s) in loading state_dict for ResNet:\n\tsize mismatch for fc.weight: copying a param of torch.Size([1000, 512]) from checkpoint, where the shape is torch.Size([10, 512]) in current model.',
      ),
    ).toEqual({ family: 'head_mismatch', type: 'RuntimeError', model: 'ResNet', mismatch });
    expect(
      told(
        'RuntimeError: While copying the parameter named fc.weight, whose dimensions in the model are torch.Size([10, 512]) and whose dimensions in the checkpoint are torch.Size([1000, 512]).',
      ),
    ).toEqual({ family: 'head_mismatch', type: 'RuntimeError', mismatch });
  });

  test('keys, one by one', () => {
    expect(told(`KeyError: 'unexpected key "module.conv1.weight" in state_dict'`)).toEqual({
      family: 'prefix_file',
      type: 'KeyError',
      prefix: 'module.',
      unexpected: ['module.conv1.weight'],
    });
    expect(told(`KeyError: "missing keys in state_dict: "{'fc3.weight', 'fc3.bias'}""`)).toMatchObject({
      family: 'keys_missing',
      missing: ['fc3.weight', 'fc3.bias'],
    });
  });

  test('the first years of weights_only', () => {
    expect(
      told(
        '_pickle.UnpicklingError: Weights only load failed. Re-running `torch.load` with `weights_only` set to `False` will likely succeed, but it can result in arbitrary code execution.Do it only if you get the file from a trusted source. WeightsUnpickler error: Unsupported class models.yolo.Model',
      ),
    ).toEqual({ family: 'weights_only', type: '_pickle.UnpicklingError', global: 'models.yolo.Model' });
  });

  test('Python 2', () => {
    expect(told('ImportError: No module named models.yolo\n怎么办')).toEqual({
      family: 'module_missing',
      type: 'ImportError',
      module: 'models.yolo',
    });
  });

  test('a torch that cannot read newer files', () => {
    expect(
      told("AttributeError: Can't get attribute '_rebuild_parameter_v2' on <module 'torch._utils' from '…'>"),
    ).toMatchObject({ family: 'older_torch', name: '_rebuild_parameter_v2' });
    expect(
      told('RuntimeError: best.pth is a zip archive (did you mean to use torch.jit.load()?)'),
    ).toMatchObject({ family: 'older_torch' });
  });
});

describe('as people paste them:', () => {
  test('lists of keys left out', () => {
    expect(
      recognise(
        'RuntimeError: Error(s) in loading state_dict for Net:\tMissing key(s) in state_dict: \n\nthx',
      ),
    ).toMatchObject({ family: 'keys_missing', type: 'RuntimeError', details: { model: 'Net' } });
    expect(
      recognise(
        '错误信息:\nMissing key(s) in state_dict: "conv1.weight", "bn1.weight",......\n  Unexpected key(s) in state_dict: "module.conv1.weight", ....',
      ),
    ).toMatchObject({ family: 'prefix_file', details: { missing: ['conv1.weight', 'bn1.weight'] } });
  });

  test('a notebook, with the lines of torch that raise', () => {
    const found = recognise(
      `RuntimeError                              Traceback (most recent call last)
File ~/lib/python3.10/site-packages/torch/nn/modules/module.py:2152, in Module.load_state_dict(self, state_dict, strict, assign)
   2148             0, 'Missing key(s) in state_dict: {}. '.format(
-> 2152     raise RuntimeError('Error(s) in loading state_dict for {}:\\n\\t{}'.format(
   2153                        self.__class__.__name__, "\\n\\t".join(error_msgs)))

RuntimeError: Error(s) in loading state_dict for Net:
\tsize mismatch for head.weight: copying a param with shape torch.Size([10, 64]) from checkpoint, the shape in current model is torch.Size([4, 64]).`,
    );
    expect(found).toMatchObject({ family: 'head_mismatch', details: { model: 'Net' } });
    expect(
      recognise(
        'File ~\\anaconda3\\Lib\\site-packages\\torch\\serialization.py:1470, in load(f)\n-> 1470 return _load(f)\n\nValueError: something of its own',
      ),
    ).toMatchObject({ family: 'load_other', type: 'ValueError' });
  });

  test('a traceback in a drawn frame', () => {
    const framed = [
      '╭─────────────── Traceback (most recent call last) ───────────────╮',
      '│ /home/ming/load.py:9 in <module>                                 │',
      "│ AttributeError: Can't get attribute 'Net' on <module              │",
      "│ '__main__' from '/home/ming/load.py'>                             │",
      '╰──────────────────────────────────────────────────────────────────╯',
    ].join('\n');
    expect(recognise(framed)).toMatchObject({
      family: 'class_missing',
      details: { name: 'Net', module: '__main__' },
    });
  });
});

describe('whatever stands around it', () => {
  const prose = fc.constantFrom(
    '求助:加载模型一直报错,代码如下:',
    '我用 torch.load 读 best.pth,第一次用 PyTorch……谢谢大家!',
    'Hi all, I trained on 4 GPUs and now I get this.',
    '(base) PS C:\\Users\\小明\\项目> python load.py',
    'ming@lab:~/project$ python3 load.py',
    '—— 来自 iPhone',
    'Any idea? Thanks :)',
    '```python',
    '',
  );
  const windows = (text: string) =>
    text
      .replaceAll('/home/ming/project/', 'C:\\Users\\小明\\项目\\')
      .replaceAll('/usr/lib/python3.11/site-packages/torch/', 'D:\\Anaconda3\\lib\\site-packages\\torch\\');
  const wide = (text: string) =>
    text.replace(/[:(),;]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
  const curly = (text: string) => text.replace(/'([^'\n]*)'/g, '‘$1’').replace(/"([^"\n]*)"/g, '“$1”');
  const coloured = (text: string) => text.replace(/^(\S*Error)(: )?/gm, '\u001b[1;31m$1\u001b[0m$2');
  const quoted = (text: string) => text.replace(/^/gm, '> ');
  const escaped = (text: string) => text.replaceAll('"', '\\"').replaceAll("'", "\\'");
  const inHtml = (text: string) =>
    text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const wrapped = (width: number, indent: string) => (text: string) =>
    text
      .split('\n')
      .map((line) => (line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']).join(`\n${indent}`))
      .join('\n');
  /** A window breaks the lines it shows; what is done to the text comes after. */
  const wrap = fc
    .record({ width: fc.integer({ min: 12, max: 90 }), indent: fc.constantFrom('', '  ', '\t', '\u3000') })
    .map(({ width, indent }) => wrapped(width, indent));
  const disguise = fc.constantFrom(
    windows,
    wide,
    curly,
    coloured,
    quoted,
    inHtml,
    escaped,
    (text: string) => text.replaceAll('\n', '\r\n'),
    (text: string) => text.replace(/^/gm, '[rank0]: '),
  );

  test('an error is told as the same error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...errors),
        fc.array(prose, { maxLength: 3 }),
        fc.option(wrap),
        fc.array(disguise, { maxLength: 3 }),
        fc.array(prose, { maxLength: 2 }),
        ({ text }, before, broken, disguises, after) => {
          const plain = recognise(text);
          const disguised = disguises.reduce((so, change) => change(so), broken ? broken(text) : text);
          const pasted = [...before, disguised, ...after].join('\n');
          const found = recognise(pasted);
          expect(found && { ...found, excerpt: '' }).toEqual(plain && { ...plain, excerpt: '' });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a traceback whose beginning is cut off is still told', () => {
    fc.assert(
      fc.property(fc.constantFrom(...errors), fc.nat(), ({ family, text }, cut) => {
        const end = withoutFrames(text);
        const from = cut % Math.max(1, text.length - end.length);
        // A name that any dict may lack needs the frames.
        if (/\n(KeyError: '(net|param_groups)'|EOFError)$/.test(text)) return;
        expect(recognise(text.slice(from))?.family).toBe(family);
      }),
    );
  });

  test('a text cut anywhere is read without fault, and never told as something that was not in it', () => {
    const keys = [
      'keys_missing',
      'keys_renamed',
      'prefix_file',
      'prefix_model',
      'checkpoint_level',
      'size_mismatch',
      'head_mismatch',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...errors), fc.nat(), ({ family, text }, cut) => {
        const found = recognise(text.slice(0, cut % text.length))?.family ?? null;
        if (found === null || found === 'load_other' || found === family) return;
        // Half a list of keys is another complaint; the first words of a message may be those of a broader one.
        const half =
          (keys.includes(found) && /state_dict/.test(text)) ||
          (found === 'weights_only' && /Weights only/.test(text)) ||
          (found === 'broken_zip' && /PytorchStreamReader/.test(text));
        expect([found, half]).toEqual([found, true]);
      }),
      { numRuns: 400 },
    );
  });
});

test('a megabyte is read in no time, also one made to be slow', () => {
  const parts = [
    'Unsupported global: GLOBAL ',
    "Can't get attribute '",
    'size mismatch for ',
    '"a", ',
    'x'.repeat(90),
    '> ',
  ];
  for (const part of parts) {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const start = performance.now();
    recognise(text);
    recognise(`${text}\nMissing key(s) in state_dict: ${'"fc.weight", '.repeat(5000)}`);
    expect(performance.now() - start).toBeLessThan(4000);
  }
});
