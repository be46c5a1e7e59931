"""PyTorch's side of the bench of files, in turns with the browser's.

usage: python torch_files.py FILE MEGABYTES

Writes FILE, a state_dict of float32 tensors (1024, 1024), prints its size in bytes, then answers each line of standard input with
milliseconds: `load` torch.load(FILE), `save` torch.save of what it holds to a file beside it.
"""

import os
import sys
import time

import torch

torch.set_num_threads(1)
path, megabytes = sys.argv[1], int(sys.argv[2])
torch.manual_seed(0)
state = {f"layers.{i}.weight": torch.randn(1024, 1024) for i in range(megabytes * 1_000_000 // (4 << 20))}
torch.save(state, path)
print(os.path.getsize(path), flush=True)

for line in sys.stdin:
    start = time.perf_counter()
    if line.strip() == "load":
        loaded = torch.load(path)
    else:
        torch.save(state, path + ".again")
    print((time.perf_counter() - start) * 1000, flush=True)
    loaded = None
