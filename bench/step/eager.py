"""PyTorch eager on one thread: the same networks, batches and masks, because the seeds are the same.

Reads {"seed", "lr", "workloads": [{"id", "layers", "input", "batches": [{"x", "labels"}]}], "steps", "rounds"} from
standard input; writes {id: {"losses": [...], "train": [ms], "forward": [ms]}} to standard output.
"""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


def build(layers, seed):
    torch.manual_seed(seed)
    return nn.Sequential(*(getattr(nn, kind)(*numbers) for kind, *numbers in layers))


def measure(workload, seed, lr, rounds):
    net = build(workload["layers"], seed)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    batches = [
        (torch.tensor(b["x"]).reshape(workload["input"]), torch.tensor(b["labels"])) for b in workload["batches"]
    ]
    torch.manual_seed(seed + 2)
    taken = 0

    def step():
        nonlocal taken
        x, labels = batches[taken % len(batches)]
        taken += 1
        optimizer.zero_grad()
        loss = criterion(net(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    def forward():
        with torch.no_grad():
            return net(batches[0][0])

    losses = [step() for _ in range(8)]
    timed = {"train": [], "forward": []}
    for _ in range(rounds):
        for name, run, prepare in (("train", step, net.train), ("forward", forward, net.eval)):
            prepare()
            times = 20
            start = time.perf_counter()
            for _ in range(times):
                run()
            timed[name].append((time.perf_counter() - start) * 1000 / times)
    return {"losses": losses, **timed}


request = json.load(sys.stdin)
json.dump(
    {
        workload["id"]: measure(workload, request["seed"], request["lr"], request["rounds"])
        for workload in request["workloads"]
    },
    sys.stdout,
)
