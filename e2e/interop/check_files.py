"""Opens files the page wrote with real PyTorch and compares them byte for byte with what torch.save writes.

usage: check_files.py FOLDER        FOLDER/expect.json: [{file, kind, source, module, printed, seed, training}]

`source` is the code the page shows: it must run as it stands. Exit status 1 when anything differs.
"""
import collections
import json
import pathlib
import sys
import tempfile
import types

import torch
import torch.nn as nn
import torch.nn.functional as F

folder = pathlib.Path(sys.argv[1])
failures = []


def need(ok, what):
    if not ok:
        failures.append(what)


def define(source, module):
    """The class of the page's code, living in `module`."""
    home = sys.modules.setdefault(module, types.ModuleType(module))
    scope = {'torch': torch, 'nn': nn, 'F': F, '__name__': module}
    exec(compile(source, '<page>', 'exec'), scope)
    cls = next(v for v in scope.values() if isinstance(v, type) and issubclass(v, nn.Module) and v.__module__ == module)
    setattr(home, cls.__name__, cls)
    return cls


def same_bytes(name, obj):
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / name
        torch.save(obj, path)
        need(path.read_bytes() == (folder / name).read_bytes(), f'{name}: bytes differ from torch.save')


def check(entry):
    name = entry['file']
    cls = define(entry['source'], entry['module'])
    torch.manual_seed(entry['seed'])
    fresh = cls()
    if entry['kind'] == 'state_dict':
        loaded = torch.load(folder / name, weights_only=True)
        need(type(loaded) is collections.OrderedDict, f'{name}: is a {type(loaded).__name__}')
        state = loaded
    else:
        loaded = torch.load(folder / name, weights_only=False)
        need(isinstance(loaded, cls), f'{name}: is a {type(loaded).__name__}')
        need(str(loaded) == entry['printed'], f'{name}: print(model) differs')
        need([m.training for m in loaded.modules()] == [entry['training']] * len(list(loaded.modules())), f'{name}: training flags')
        state = loaded.state_dict()
    if entry.get('untrained'):
        for key, value in fresh.named_parameters():
            need(torch.equal(value, state[key]), f'{name}: {key} is not what seed {entry["seed"]} gives')
    else:
        same = all(torch.equal(value, state[key]) for key, value in fresh.named_parameters())
        need(not same, f'{name}: training changed nothing')
    need(str(fresh.load_state_dict(state)) == '<All keys matched successfully>', f'{name}: keys do not match')
    fresh.train(entry['training'])
    same_bytes(name, fresh.state_dict() if entry['kind'] == 'state_dict' else fresh)


entries = json.loads((folder / 'expect.json').read_text())
for entry in entries:
    check(entry)
print(json.dumps({'checked': len(entries), 'failures': failures}))
sys.exit(1 if failures else 0)
