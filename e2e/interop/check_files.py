"""Opens files the page wrote with real PyTorch and compares them byte for byte with what torch.save writes.

usage: check_files.py FOLDER        FOLDER/expect.json: [{file, kind, source, module, printed, seed, training}]

kind is state_dict, model, checkpoint (of SGD with `optimizer`), legacy (a state_dict of the old format), parallel, compiled,
cuda (a state_dict from inside DataParallel, from torch.compile, from a GPU) or onnx.

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


WRAPPERS = {'parallel': nn.DataParallel, 'compiled': torch.compile, 'cuda': lambda model: model}


def check_wrapped(entry, fresh):
    """From a GPU the bytes are those of the CPU with another tag: no GPU is needed to write them."""
    name = entry['file']
    wrapped = WRAPPERS[entry['kind']](fresh)
    loaded = torch.load(folder / name, map_location='cpu')
    need(str(wrapped.load_state_dict(loaded)) == '<All keys matched successfully>', f'{name}: keys do not match')
    location_tag = torch.serialization.location_tag
    if entry['kind'] == 'cuda':
        torch.serialization.location_tag = lambda storage: 'cuda:0'
    same_bytes(name, wrapped.state_dict())
    torch.serialization.location_tag = location_tag


def check_checkpoint(entry, fresh):
    name = entry['file']
    loaded = torch.load(folder / name)
    need(list(loaded) == ['epoch', 'model_state_dict', 'optimizer_state_dict', 'loss'], f'{name}: has {list(loaded)}')
    fresh.load_state_dict(loaded['model_state_dict'])
    fresh.train(entry['training'])
    optimizer = torch.optim.SGD(fresh.parameters(), **entry['optimizer'])
    optimizer.load_state_dict(loaded['optimizer_state_dict'])
    buffers = [optimizer.state[p]['momentum_buffer'] for p in fresh.parameters()]
    need(all(b.abs().sum() > 0 for b in buffers[:1]), f'{name}: momentum is zero')
    need(isinstance(loaded['epoch'], int) and isinstance(loaded['loss'], float), f'{name}: epoch and loss')
    again = {
        'epoch': loaded['epoch'],
        'model_state_dict': fresh.state_dict(),
        'optimizer_state_dict': optimizer.state_dict(),
        'loss': loaded['loss'],
    }
    same_bytes(name, again)


def check_onnx(entry, fresh):
    """The exported graph, by onnx's own reference implementation, gives what the network gives in evaluation."""
    import onnx
    from onnx.reference import ReferenceEvaluator

    name = entry['file']
    model = onnx.load(folder / name)
    onnx.checker.check_model(model, full_check=True)
    fresh.load_state_dict(torch.load(folder / entry['weights']))
    x = torch.randn(5, 2)
    with torch.no_grad():
        want = fresh.eval()(x)
    [got] = ReferenceEvaluator(model).run(None, {'input': x.numpy()})
    need(torch.allclose(torch.tensor(got), want, atol=1e-6), f'{name}: the graph computes something else')


def check(entry):
    name = entry['file']
    cls = define(entry['source'], entry['module'])
    torch.manual_seed(entry['seed'])
    fresh = cls()
    if entry['kind'] == 'checkpoint':
        check_checkpoint(entry, fresh)
        return
    if entry['kind'] in WRAPPERS:
        check_wrapped(entry, fresh)
        return
    if entry['kind'] == 'onnx':
        check_onnx(entry, fresh)
        return
    if entry['kind'] in ('state_dict', 'legacy'):
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
    if entry['kind'] == 'legacy':
        need((folder / name).read_bytes()[:2] == b'\x80\x02', f'{name}: is no pickle')
        return
    fresh.train(entry['training'])
    same_bytes(name, fresh.state_dict() if entry['kind'] == 'state_dict' else fresh)


entries = json.loads((folder / 'expect.json').read_text())
for entry in entries:
    check(entry)
print(json.dumps({'checked': len(entries), 'failures': failures}))
sys.exit(1 if failures else 0)
