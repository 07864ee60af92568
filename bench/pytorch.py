"""PyTorch's side of `make bench-peers`, in its best form: all images in memory as
one tensor, batches by index_select, no DataLoader, no figure fetched from a step,
and whichever is faster here of foreach and fused Adam and, for convolutions, of
the two memory formats. Choosing among them is the warm-up; it is not measured.

    python bench/pytorch.py notebook|cnn|versions [--threads N] [--epochs N]

Prints one line of JSON. torch.compile gains nothing here (docs/performance.md) and is
not used.
"""

import argparse
import itertools
import json
import pathlib
import platform
import re
import time

import torch
from torch import nn

import mnist

BATCH = 128
EVALUATION_BATCH = 2000
FORMATS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


def notebook():
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 64), nn.ReLU(inplace=True),
        nn.Linear(64, 32), nn.ReLU(inplace=True),
        nn.Linear(32, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 10))


# The network, the share of the images to validate, the memory formats to try.
NETWORKS = {
    "notebook": (notebook, 0.3, ["contiguous"]),
    "cnn": (cnn, 0, ["contiguous", "channels_last"]),
}


class Training:
    """A fresh network with its optimizer, Keras's first weights and Adam."""

    def __init__(self, network, memory_format, adam):
        torch.manual_seed(1)
        self.model = network().to(memory_format=FORMATS[memory_format])
        for layer in self.model:
            if isinstance(layer, (nn.Linear, nn.Conv2d)):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, eps=1e-7, **{adam: True})

    def fit(self, images, labels, order):
        """One pass over the images in that order."""
        for index in order.split(BATCH):
            self.optimizer.zero_grad()
            logits = self.model(images.index_select(0, index))
            nn.functional.cross_entropy(logits, labels.index_select(0, index)).backward()
            self.optimizer.step()

    @torch.inference_mode()
    def evaluate(self, images, labels):
        """Mean loss and accuracy 0..1."""
        loss = correct = 0
        for x, y in zip(images.split(EVALUATION_BATCH), labels.split(EVALUATION_BATCH)):
            logits = self.model(x)
            loss += nn.functional.cross_entropy(logits, y, reduction="sum").item()
            correct += (logits.argmax(1) == y).sum().item()
        return loss / len(labels), correct / len(labels)


def fastest_form(network, formats, images, labels):
    """The memory format and Adam with the quickest of three times 40 steps each."""
    seconds = {}
    for form in itertools.product(formats, ["foreach", "fused"]):
        try:
            training, times = Training(network, *form), []
        except RuntimeError:  # fused Adam on CPUs came with torch 2.4
            continue
        for order in torch.randperm(len(labels))[:4 * 40 * BATCH].chunk(4):
            start = time.perf_counter()
            training.fit(images, labels, order)
            times.append(time.perf_counter() - start)
        seconds[form] = min(times[1:])
    return min(seconds, key=seconds.get)


def run(name, epochs):
    network, share, formats = NETWORKS[name]
    tensors = [(torch.from_numpy(x).unsqueeze(1), torch.from_numpy(y)) for x, y in mnist.training_images(share)]
    (images, labels), validation = tensors
    memory_format, adam = fastest_form(network, formats, images, labels)
    training = Training(network, memory_format, adam)
    start, used = time.perf_counter(), time.process_time()
    for _ in range(epochs):
        training.fit(images, labels, torch.randperm(len(labels)))
        if share:
            training.evaluate(*validation)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    _, accuracy = training.evaluate(*(validation if share else (images, labels)))
    return {
        "seconds": seconds, "images_per_second": len(labels) * epochs / seconds,
        "accuracy": accuracy, "cores": used / seconds, "form": f"{memory_format}, {adam} Adam",
    }


def versions():
    """What runs, or an end with the reason why it is no fair peer. Debian's torch
    takes the system's BLAS, and without libopenblas0-pthread that is the reference
    BLAS, nine times slower."""
    torch.ones(64, 64) @ torch.ones(64, 64)
    maps = pathlib.Path("/proc/self/maps")
    loaded = set(re.findall(r"/\S*/libblas\.so\S*", maps.read_text())) if maps.exists() else set()
    slow = [path for path in loaded if not re.search("openblas|mkl|blis", path)]
    if slow:
        raise SystemExit(f"torch {torch.__version__} computes on the reference BLAS ({slow[0]}): install libopenblas0-pthread, or torch from PyPI")
    config = torch.__config__.show()
    found = {"python": platform.python_version(), "torch": torch.__version__}
    for key, pattern in {"blas": r"BLAS_INFO=(\w+)", "kernels": r"CPU capability usage: (\w+)"}.items():
        match = re.search(pattern, config)
        if match:
            found[key] = match[1]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*NETWORKS, "versions"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=30)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    print(json.dumps(versions() if args.what == "versions" else run(args.what, args.epochs)))


if __name__ == "__main__":
    main()
