"""MNIST for the peers: the same files that inkling reads, by numpy alone."""

import gzip
import os
import pathlib

import numpy


def read_idx(name):
    """The array in a gzipped IDX file of unsigned bytes."""
    path = pathlib.Path(os.environ.get("INKLING_DATA", "data"), "mnist", name + ".gz")
    data = gzip.decompress(path.read_bytes())
    if data[:3] != b"\x00\x00\x08":
        raise SystemExit(f"{path}: not an IDX file of unsigned bytes")
    shape = numpy.frombuffer(data, ">u4", data[3], 4)
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * data[3]).reshape(shape)


def training_images(share):
    """The training images shuffled, pixels 0..1 as float32 (N, 28, 28), labels as
    int64 (N): those to train on, and that share of them to validate."""
    images = read_idx("train-images-idx3-ubyte").astype(numpy.float32) / 255
    labels = read_idx("train-labels-idx1-ubyte").astype(numpy.int64)
    order = numpy.random.default_rng(777).permutation(len(labels))
    images, labels = images[order], labels[order]
    held = round(len(labels) * share)
    return (images[held:], labels[held:]), (images[:held], labels[:held])
