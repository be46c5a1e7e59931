/**
 * Which names a pickle may mean without running anything of its own (torch/_weights_only_unpickler.py, `_get_allowed_globals`),
 * and how Python 2's names map to Python 3's (Lib/_compat_pickle.py).
 */

import { type DType, dtypes } from '../../dtype';
import { PyDType, PyGlobal, type PyValue } from '../../python/values';

/** Modules `weights_only` never takes anything from, allow-listed or not. */
export const blockedModules: ReadonlySet<string> = new Set(['sys', 'os', 'posix', 'nt']);

const importMapping = new Map([
  ['__builtin__', 'builtins'],
  ['copy_reg', 'copyreg'],
  ['Queue', 'queue'],
  ['repr', 'reprlib'],
  ['_abcoll', 'collections.abc'],
  ['UserDict', 'collections'],
  ['UserList', 'collections'],
  ['UserString', 'collections'],
  ['whichdb', 'dbm'],
  ['StringIO', 'io'],
  ['cStringIO', 'io'],
]);

const nameMapping: ReadonlyMap<string, readonly [string, string]> = new Map(
  (
    [
      ['__builtin__.xrange', 'builtins', 'range'],
      ['__builtin__.reduce', 'functools', 'reduce'],
      ['__builtin__.intern', 'sys', 'intern'],
      ['__builtin__.unichr', 'builtins', 'chr'],
      ['__builtin__.unicode', 'builtins', 'str'],
      ['__builtin__.long', 'builtins', 'int'],
      ['__builtin__.basestring', 'builtins', 'str'],
      ['itertools.izip', 'builtins', 'zip'],
      ['itertools.imap', 'builtins', 'map'],
      ['itertools.ifilter', 'builtins', 'filter'],
      ['itertools.ifilterfalse', 'itertools', 'filterfalse'],
      ['itertools.izip_longest', 'itertools', 'zip_longest'],
      ['exceptions.StandardError', 'builtins', 'Exception'],
      ['UserDict.IterableUserDict', 'collections', 'UserDict'],
      ['UserDict.UserDict', 'collections', 'UserDict'],
      ['UserList.UserList', 'collections', 'UserList'],
      ['UserString.UserString', 'collections', 'UserString'],
    ] as const
  ).map(([from, module, name]) => [from, [module, name] as const]),
);

/** Python 3's name for what a protocol 2 pickle names. */
export function mapName(module: string, name: string): readonly [module: string, name: string] {
  return nameMapping.get(`${module}.${name}`) ?? [importMapping.get(module) ?? module, name];
}

const tensorClasses = ['Float', 'Double', 'Half', 'BFloat16', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'];
const complexClasses = ['ComplexFloat', 'ComplexDouble'];

/** Legacy storage classes by name, whatever module a file gives: `torch.load` never imports them. */
export const storageClasses: ReadonlyMap<string, DType> = new Map(
  (Object.keys(dtypes) as DType[]).flatMap((dtype) => {
    const { storageClass } = dtypes[dtype];
    return storageClass === undefined ? [] : [[storageClass, dtype]];
  }),
);

const rebuilds = [
  '_rebuild_parameter',
  '_rebuild_parameter_with_state',
  '_rebuild_qtensor',
  '_rebuild_tensor',
  '_rebuild_tensor_v2',
  '_rebuild_tensor_v3',
  '_rebuild_sparse_tensor',
  '_rebuild_meta_tensor_no_storage',
  '_rebuild_nested_tensor',
  '_rebuild_wrapper_subclass',
  '_rebuild_device_tensor_from_numpy',
  '_rebuild_device_tensor_from_cpu_tensor',
];

const dtypeNames = [
  'bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 float64',
  'float4_e2m1fn_x2 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu',
  'int1 int2 int3 int4 int5 int6 int7 int8 int16 int32 int64 qint32 qint8 quint2x4 quint4x2 quint8',
  'uint1 uint2 uint3 uint4 uint5 uint6 uint7 uint8 uint16 uint32 uint64',
].flatMap((line) => line.split(' '));

const qschemes = [
  'per_tensor_affine',
  'per_tensor_symmetric',
  'per_channel_affine',
  'per_channel_symmetric',
  'per_channel_affine_float_qparams',
];

const dense = tensorClasses.map((name) => `${name}Tensor`);
const sparse = dense.filter((name) => name !== 'BoolTensor');

/** Full names the restricted unpickler takes, with what they mean here. */
export const allowedGlobals: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
  ...[
    ['collections', 'OrderedDict'],
    ['collections', 'Counter'],
    ['torch.nn.parameter', 'Parameter'],
    ['torch.serialization', '_get_layout'],
    ['torch', 'Size'],
    ['torch', 'Tensor'],
    ['torch', 'device'],
    ['_codecs', 'encode'],
    ['builtins', 'bytearray'],
    ['builtins', 'set'],
    ['builtins', 'complex'],
    ['torch.storage', 'TypedStorage'],
    ['torch.storage', 'UntypedStorage'],
    ['torch._tensor', '_rebuild_from_type_v2'],
    ...rebuilds.map((name) => ['torch._utils', name]),
    ...[...storageClasses.keys()].map((name) => ['torch', name]),
    ...[...tensorClasses, ...complexClasses].map((name) => ['torch.cuda', `${name}Storage`]),
    ...['torch', 'torch.cuda'].flatMap((module) => dense.map((name) => [module, name])),
    ...['torch.sparse', 'torch.cuda.sparse'].flatMap((module) => sparse.map((name) => [module, name])),
    ...qschemes.map((name) => ['torch', name]),
  ].map(([module, name]): [string, PyValue] => [`${module}.${name}`, new PyGlobal(module, name)]),
  ...dtypeNames.map((name): [string, PyValue] => [`torch.${name}`, new PyDType(name)]),
]);
