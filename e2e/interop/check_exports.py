"""Opens what the inspector saved with the real packages and compares it with the checkpoint it was made of.

usage: check_exports.py FOLDER CHECKPOINT    FOLDER holds NAME.safetensors, NAME.npz and NAME.KEY.csv

Prints how many tensors were compared in each, and what differs; exit status 1 when anything does.
"""
import json
import pathlib
import sys
import tempfile

import numpy as np
import safetensors.torch
import torch

folder, checkpoint = pathlib.Path(sys.argv[1]), sys.argv[2]
failures = []
compared = {}
tensors = torch.load(checkpoint, weights_only=True)
NUMPY_LACKS = (torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2)


def need(ok, what):
    if not ok:
        failures.append(what)


def same(a, b):
    return a.shape == b.shape and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind in 'fc')


def check_safetensors(path):
    """Equal to the library's own reading, and byte for byte what it writes of the same dict."""
    held = {k: v.contiguous().clone() for k, v in tensors.items() if v.dtype != torch.complex128}
    loaded = safetensors.torch.load_file(path)
    need(set(loaded) == set(held), f'{path.name}: keys')
    for key, value in held.items():
        need(loaded[key].dtype == value.dtype and loaded[key].shape == value.shape, f'{path.name}: layout of {key}')
    with tempfile.TemporaryDirectory() as scratch:
        own = pathlib.Path(scratch) / 'own.safetensors'
        safetensors.torch.save_file(held, own)
        need(own.read_bytes() == path.read_bytes(), f'{path.name}: bytes differ from save_file')
    compared['safetensors'] = len(loaded)


def check_npz(path):
    loaded = np.load(path)
    need(set(loaded.files) == set(tensors), f'{path.name}: keys')
    for key, value in tensors.items():
        wanted = value.float() if value.dtype in NUMPY_LACKS else value
        need(same(loaded[key], wanted.contiguous().numpy()), f'{path.name}: {key} differs')
    compared['npz'] = len(loaded.files)


def check_csv(path, key):
    value = tensors[key]
    wanted = (value.float() if value.dtype in NUMPY_LACKS else value).contiguous().numpy()
    read = np.loadtxt(path, delimiter=',', dtype=wanted.dtype, ndmin=2)
    need(same(read.reshape(wanted.shape), wanted), f'{path.name}: {key} differs')
    compared['csv'] = compared.get('csv', 0) + 1


check_safetensors(next(folder.glob('*.safetensors')))
check_npz(next(folder.glob('*.npz')))
for path in folder.glob('*.csv'):
    check_csv(path, json.loads((folder / 'keys.json').read_text())[path.name])
print(json.dumps({'compared': compared, 'failures': failures}))
sys.exit(1 if failures else 0)
