"""Writes torch.json, one training step of a small network as PyTorch computes it. Usage: make.py OUT

Needs PyTorch (Debian's python3-torch will do). Kernels are written as (in, units), as this project and Keras keep them.
"""
import json
import sys

import torch

torch.manual_seed(3)
layers = [torch.nn.Linear(6, 5), torch.nn.ReLU(), torch.nn.Linear(5, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3)]
network = torch.nn.Sequential(*layers)
x, labels = torch.rand(4, 6) * (torch.rand(4, 6) > 0.3), torch.tensor([0, 2, 1, 2])


def tensors(of):
    """Kernel and bias of each dense layer, row by row."""
    dense = [l for l in layers if isinstance(l, torch.nn.Linear)]
    return [t.flatten().tolist() for l in dense for t in (of(l.weight).T, of(l.bias))]


out = {"torch": torch.__version__, "x": x.tolist(), "labels": labels.tolist(), "parameters": tensors(lambda t: t.detach())}
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
logits = network(x)
loss = torch.nn.functional.cross_entropy(logits, labels)
loss.backward()
out |= {"logits": logits.tolist(), "probabilities": logits.softmax(1).tolist(), "loss": loss.item(), "gradients": tensors(lambda t: t.grad)}
optimizer.step()
out["after_sgd"] = tensors(lambda t: t.detach())
with open(sys.argv[1], "w") as f:
    json.dump(out, f, indent=1)
