/** Changes to a pickle by its instructions, so that much of it still runs. */

import { instructions } from '../../src/torch/serialization/pickle/instructions';
import { code } from '../../src/torch/serialization/pickle/opcodes';
import { mutateBytes } from './mutate-bytes';
import type { Random } from './random';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const globals = [
  'os system',
  'posix system',
  '__builtin__ eval',
  '__builtin__ getattr',
  '__builtin__ bytearray',
  '__builtin__ bytes',
  '__builtin__ set',
  '__builtin__ frozenset',
  '__builtin__ list',
  '__builtin__ tuple',
  '__builtin__ dict',
  '__builtin__ complex',
  '_codecs encode',
  'collections OrderedDict',
  'collections Counter',
  'collections defaultdict',
  'torch._utils _rebuild_tensor',
  'torch._utils _rebuild_tensor_v2',
  'torch._utils _rebuild_tensor_v3',
  'torch._utils _rebuild_parameter',
  'torch._utils _rebuild_qtensor',
  'torch._utils _rebuild_sparse_tensor',
  'torch._utils _rebuild_meta_tensor_no_storage',
  'torch._tensor _rebuild_from_type_v2',
  'torch FloatStorage',
  'torch LongStorage',
  'torch.storage UntypedStorage',
  'torch Size',
  'torch device',
  'torch float32',
  'torch Tensor',
  'torch.nn.parameter Parameter',
  'torch.serialization _get_layout',
  'torch.nn.modules.linear Linear',
  'torch.nn.modules.container Sequential',
  'torch.nn.modules.batchnorm BatchNorm1d',
  'numpy dtype',
  'numpy._core.multiarray scalar',
  'numpy._core.multiarray _reconstruct',
  '__main__ Net',
  'train Net',
];

const plain = (
  'MARK STOP POP POP_MARK DUP NONE NEWTRUE NEWFALSE EMPTY_LIST EMPTY_TUPLE EMPTY_DICT EMPTY_SET LIST TUPLE TUPLE1 TUPLE2 TUPLE3 ' +
  'DICT FROZENSET APPEND APPENDS ADDITEMS SETITEM SETITEMS BUILD REDUCE NEWOBJ NEWOBJ_EX OBJ STACK_GLOBAL MEMOIZE BINPERSID ' +
  'NEXT_BUFFER READONLY_BUFFER'
).split(' ');

/** An instruction out of nothing. */
function invented(random: Random): Uint8Array {
  const small = (): string => String.fromCharCode(random.below(12));
  switch (random.below(14)) {
    case 0:
      return latin1(`c${random.pick(globals).replace(' ', '\n')}\n`);
    case 1:
      return latin1(`i${random.pick(globals).replace(' ', '\n')}\n`);
    case 2:
      return latin1(`K${String.fromCharCode(random.below(256))}`);
    case 3: {
      const number = Buffer.alloc(4);
      number.writeUInt32LE(random.edge());
      return Buffer.concat([latin1('J'), number]);
    }
    case 4:
      return Buffer.concat([latin1('\x8a\x08'), random.bytes(8)]);
    case 5:
      return latin1(`h${small()}`);
    case 6:
      return latin1(`q${small()}`);
    case 7: {
      const text = random.pick([
        'storage',
        'cpu',
        '0',
        'weight',
        '_modules',
        '_parameters',
        'module',
        '',
        'latin1',
        'os',
        'system',
      ]);
      return latin1(`X${String.fromCharCode(text.length)}\0\0\0${text}`);
    }
    case 8:
      return latin1(
        random.pick([
          "S'a\\x41'\n",
          'V\\u0041\n',
          'I01\n',
          'L12L\n',
          'F1.5\n',
          'g1\n',
          'p1\n',
          'P0\n',
          '\x82\x01',
          '\x80\x04',
        ]),
      );
    case 9:
      return Buffer.concat([latin1('G'), random.bytes(8)]);
    case 10:
      return Buffer.concat([latin1('B\x04\0\0\0'), random.bytes(4)]);
    default:
      return Uint8Array.of(code(random.pick(plain)));
  }
}

/** The instructions of a pickle as bytes, each by itself; what follows them is the last. */
function partsOf(pickle: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const { position, end: next } of instructions(pickle)) {
    parts.push(pickle.subarray(position, next));
    end = next;
  }
  return [...parts, pickle.subarray(end)];
}

export function mutatePickle(pickle: Uint8Array, random: Random): Uint8Array {
  const parts = partsOf(pickle);
  for (let n = random.chance(0.6) ? 1 : 1 + random.below(4); n > 0; n--) {
    const at = random.below(parts.length);
    const from = random.below(parts.length);
    switch (random.below(8)) {
      case 0:
        parts.splice(at, 1);
        break;
      case 1:
        parts.splice(at, 0, invented(random));
        break;
      case 2:
        parts[at] = invented(random);
        break;
      case 3:
        parts.splice(at, 0, ...parts.slice(from, from + 1 + random.below(30)));
        break;
      case 4:
        [parts[at], parts[from]] = [parts[from] ?? invented(random), parts[at] ?? invented(random)];
        break;
      case 5:
        parts[at] = mutateBytes(parts[at] ?? invented(random), random, pickle);
        break;
      case 6: {
        const block = Array.from({ length: 1 + random.below(6) }, () => invented(random));
        for (let times = random.chance(0.05) ? 2000 : 1 + random.below(4); times > 0; times--)
          parts.splice(at, 0, ...block);
        break;
      }
      default:
        parts.splice(at, random.below(20));
    }
    if (parts.length === 0) parts.push(invented(random));
  }
  return new Uint8Array(Buffer.concat(parts));
}
